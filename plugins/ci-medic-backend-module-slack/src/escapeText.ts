/** Characters that Slack takes for formatting or for the beginning of a name, and how they look without that meaning. */
const harmless: Record<string, string> = {
  '*': '＊',
  _: '＿',
  '~': '～',
  '`': '｀',
  '@': '＠',
  '#': '＃',
  '|': '｜',
};

/**
 * Text from outside for a field that Slack reads as mrkdwn. What is left cannot be a mention, a link or formatting; what
 * can be, uses blocks of plain text instead.
 */
export function escapeText(text: string, maxLength = 1_000): string {
  const plain = text
    .replace(/[\p{Cc}\p{Cf}\u2028\u2029]+/gu, ' ')
    // An address becomes a link by itself, an emoji by its name, a quotation by its first character.
    .replace(/:\/\//g, '∶//')
    .replace(/:(?=[\w+-]+:)/g, '∶')
    .replace(/[*_~`@#|]/g, found => harmless[found])
    .replace(/www\./gi, found => `${found.slice(0, 3)}․`);
  const cut = [...plain].slice(0, maxLength).join('');
  return cut
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;');
}
