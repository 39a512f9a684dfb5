/**
 * The beginning of a text of a report: trimmed, without NUL and broken characters, which databases refuse. It is a
 * copy, because a part of a string keeps all of it in memory.
 */
export function capText(
  text: string | undefined,
  length: number,
): string | undefined {
  const start = text?.trimStart().slice(0, length).trimEnd();
  return start
    ? Buffer.from(start).toString().replaceAll('\0', '\uFFFD')
    : undefined;
}
