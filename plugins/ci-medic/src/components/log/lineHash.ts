/** The part of an address that names a line, such as `#L123`. */
export function lineHash(line: number): string {
  return `#L${line}`;
}

/** The line that an address names, if it does. */
export function lineOfHash(hash: string): number | undefined {
  const line = Number(/^#L(\d{1,9})$/.exec(hash)?.[1]);
  return line > 0 ? line : undefined;
}
