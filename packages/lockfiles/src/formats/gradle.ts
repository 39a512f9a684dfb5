import { readLines } from './readLines';

const LOCKED = /^([\w.-]{1,150}):([\w.-]{1,150}):([\w.+-]{1,100})=/;
const NOTATION =
  /["']([\w.-]{1,150}):([\w.-]{1,150}):([\w.+-]{1,100})(?:@\w{1,10})?["']/;

/** `gradle.lockfile`, and what a build file pins where it stands. */
export const gradle = readLines(add => line => {
  const found = LOCKED.exec(line) ?? NOTATION.exec(line);
  if (found) {
    add(`${found[1]}:${found[2]}`, found[3]);
  }
});
