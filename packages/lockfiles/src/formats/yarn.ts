import { readLines } from './readLines';

const VERSION = /^ {2}version:? "?([^"\s]{1,100})"?$/;

/** `yarn.lock` of Yarn 1 and of later ones: a block for each package, with its version. */
export const yarn = readLines(add => {
  let name = '';
  return line => {
    if (/^[^\s#]/.test(line)) {
      name = nameOf(line);
    } else if (name) {
      const version = VERSION.exec(line)?.[1];
      if (version && version !== '0.0.0-use.local') {
        add(name, version);
        name = '';
      }
    }
  };
});

/** `"@scope/name@npm:^1.0.0, @scope/name@^1.1.0":` is `@scope/name`. */
function nameOf(line: string): string {
  const text = line.startsWith('"') ? line.slice(1) : line;
  const at = text.indexOf('@', 1);
  return at > 0 ? text.slice(0, at) : '';
}
