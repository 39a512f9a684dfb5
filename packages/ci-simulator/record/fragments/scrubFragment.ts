import { homedir } from 'os';
import { dirname } from 'path';

/** What the simulator puts its own names in the place of. */
const HOME = '/home/runner/work/zebra/zebra';
const noise =
  /^hint:|A complete log of this run|Looking in (?:links|indexes)|Unknown (?:user|env|project) config|\[notice\]|npm notice|Running pip as the 'root' user|Target directory .* already exists|Some problems with the CLI configuration|terraformrc/;
const home = homedir();
/** Where tools lie on this machine, and where they lie on a hosted runner. */
const places: Array<[string, string]> = [
  [dirname(dirname(process.execPath)), '/opt/hostedtoolcache/node/22.21.1/x64'],
  [`${home}/.pyenv/versions/3.11.7`, '/opt/hostedtoolcache/Python/3.11.7/x64'],
  [`${home}/.pyenv/shims`, '/opt/hostedtoolcache/Python/3.11.7/x64/bin'],
  [home, '/home/runner'],
];
const publicHosts =
  /(?:^|\.)(?:github\.com|nodejs\.org|npmjs\.(?:com|org)|npm\.im|pypa\.io|pypi\.org|pythonhosted\.org|pytest\.org|eslint\.org|typescriptlang\.org|jestjs\.io|go\.dev|golang\.org|python\.org|maven\.org|apache\.org|rust-lang\.org|crates\.io|haxx\.se|mypy-lang\.org|readthedocs\.io|acme\.invalid|acme\.example|kroki\.io|kubernetes\.io)$/;

/**
 * Takes the recording machine out of a line: its folders, addresses and ports.
 * Returns `undefined` for a line that would not be there elsewhere.
 */
export function scrubFragment(
  line: string,
  folders: {
    base: string;
    work: string;
    known: Record<string, string>;
    nodeModules: string;
  },
): string | undefined {
  if (noise.test(line)) {
    return undefined;
  }
  const { base, work, known, nodeModules } = folders;
  let text = line
    .replaceAll(known.SMALL_DISK, `${HOME}/.work`)
    .replaceAll(nodeModules, `${HOME}/node_modules`)
    .replaceAll(work, HOME)
    .replaceAll(base, '/home/runner/work/_temp');
  for (const [from, to] of places) {
    text = text.replaceAll(from, to);
  }
  for (const port of [known.PORT, known.DEAD_PORT, known.TLS_PORT]) {
    text = text
      .replaceAll(`http://localhost:${port}`, 'https://packages.acme.example')
      .replaceAll(`localhost:${port}`, 'packages.acme.example:443')
      .replaceAll(`127.0.0.1:${port}`, '10.20.0.15:443')
      .replaceAll(`[::1]:${port}`, '10.20.0.15:443')
      .replaceAll(`::1:${port}`, '10.20.0.15:443')
      .replaceAll(`port ${port}`, 'port 443')
      .replaceAll(`port=${port}`, 'port=443');
  }
  return text
    .replace(
      /file:\/\/\S{1,200}origin\b/g,
      'https://github.acme.example/acme/zebra',
    )
    .replaceAll(`${HOME}/zebra/`, `${HOME}/`)
    .replaceAll('127.0.0.1', '10.20.0.15')
    .replace(/\bport: \d{2,5}/g, 'port: 443')
    .replaceAll("host='localhost'", "host='packages.acme.example'")
    .replace(/\blocalhost\b/g, 'packages.acme.example')
    .replace(
      /packages\.acme\.example\/(?:\d{3}|npm|reset|ok|created|k8s\/\w+)(?=\/|$|\b)/g,
      'packages.acme.example',
    )
    .replaceAll('.acme.invalid', '.acme.example')
    .replace(/\bhttps?:\/\/([^\s/"'<>)]+)/g, (url, host: string) =>
      publicHosts.test(host.split(':')[0])
        ? url
        : 'https://packages.acme.example',
    );
}
