import { readLines } from './readLines';

const PIN =
  /^\s{0,20}([A-Za-z0-9][\w.-]{0,200})(?:\[[^\]]{0,200}\])?\s{0,20}={2,3}\s{0,20}([^\s;,\\#]{1,100})/;

/** Pinned lines of `requirements.txt`; what is not pinned says nothing. */
export const requirements = readLines(add => line => {
  const pin = PIN.exec(line);
  if (pin) {
    // `Foo_Bar` and `foo-bar` are the same package.
    add(pin[1].toLowerCase().replace(/[-_.]+/g, '-'), pin[2]);
  }
});
