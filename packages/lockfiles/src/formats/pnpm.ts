import { readLines } from './readLines';

const KEY =
  /^ {2}'?\/?((?:@[\w.~-]{1,200}\/)?[\w.~-]{1,200})[@/](\d[^('"/\s:]{0,100})/;

/** `pnpm-lock.yaml`: the keys of its packages name them with their versions. */
export const pnpm = readLines(add => {
  let section = '';
  return line => {
    if (/^\S/.test(line)) {
      section = line;
    } else if (section.startsWith('packages:')) {
      const found = KEY.exec(line);
      if (found) {
        add(found[1], found[2]);
      }
    }
  };
});
