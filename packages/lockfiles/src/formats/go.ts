import { readLines } from './readLines';

const REQUIRED =
  /^(?:require\s{1,5}|\s{1,20})([^\s()]{1,300})\s{1,5}v([^\s]{1,100})/;

/** What `go.mod` requires, directly or not. */
export const go = readLines(add => {
  let block = '';
  return line => {
    const opens = /^(\w{1,20})\s{0,5}\(/.exec(line);
    if (opens) {
      block = opens[1];
      return;
    }
    if (line.startsWith(')')) {
      block = '';
      return;
    }
    const isRequired = line.startsWith('require') || block === 'require';
    const found = isRequired ? REQUIRED.exec(line) : undefined;
    if (found) {
      add(found[1], found[2]);
    }
  };
});
