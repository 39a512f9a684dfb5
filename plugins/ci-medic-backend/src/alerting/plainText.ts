/**
 * One line without control characters, without characters that turn the direction of text or cannot be seen, cut to a
 * length.
 */
export function plainText(text: string, maxLength: number): string {
  const line = text
    // Cut first: what follows is linear, but need not run over a whole log.
    .slice(0, maxLength * 4)
    .replace(/[\p{Cc}\u2028\u2029]+/gu, ' ')
    .replace(/[\p{Cf}\p{Co}\p{Cn}\p{Surrogate}]/gu, '');
  return line.length > maxLength
    ? `${line.slice(0, maxLength - 1).replace(/\p{Surrogate}$/u, '')}…`
    : line;
}
