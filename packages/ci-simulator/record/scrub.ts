/** Hosts that recorded text may name; all others are of the machine that recorded. */
const publicHosts =
  /(?:^|\.)(?:github\.com|nodejs\.org|npmjs\.com|pypa\.io|pytest\.org|eslint\.org|typescriptlang\.org|jestjs\.io|go\.dev|golang\.org|python\.org|jinja\.palletsprojects\.com)$/;
const noise =
  /Unknown (?:user|env|project) config|A complete log of this run|fund`|Looking in indexes/;

/**
 * Takes the recording machine out of the output of a command: its folders, its package registries, its own warnings.
 * Returns `undefined` for a line that would not be there elsewhere.
 */
export function scrubLine(
  line: string,
  folders: { from: string; to: string }[],
): string | undefined {
  if (noise.test(line)) {
    return undefined;
  }
  let text = line;
  for (const { from, to } of folders) {
    text = text.replaceAll(from, to);
  }
  return text.replace(/\bhttps?:\/\/([^\s/"'<>)]+)/g, (url, host: string) =>
    publicHosts.test(host.split(':')[0]) ? url : 'https://packages.example',
  );
}
