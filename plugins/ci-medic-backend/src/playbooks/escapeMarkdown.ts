/**
 * A text as Markdown that shows just this text: no link, image, HTML, emoji or formatting comes out of it.
 *
 * @remarks
 *
 * Dialects differ in what a backslash escapes, and extensions look at raw text. All of them take numeric references for
 * the character and for nothing else.
 */
export function escapeMarkdown(text: string): string {
  return text
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/[!-/:-@[-`{-~]/g, mark => `&#${mark.charCodeAt(0)};`);
}

/** Takes back what {@link escapeMarkdown} did. */
export function unescapeMarkdown(markdown: string): string {
  return markdown.replace(/&#(\d{2,3});/g, (_, code) =>
    String.fromCharCode(Number(code)),
  );
}

/**
 * Lines as a block of code. The fence is longer than any in the lines, so that none of them can end it.
 */
export function codeBlock(lines: string[]): string {
  const longest = Math.max(
    2,
    ...lines.flatMap(line => (line.match(/`+/g) ?? []).map(run => run.length)),
  );
  const fence = '`'.repeat(longest + 1);
  const plain = lines.map(line => line.replace(/[\r\n\u2028\u2029]+/g, ' '));
  return [`${fence}text`, ...plain, fence].join('\n');
}
