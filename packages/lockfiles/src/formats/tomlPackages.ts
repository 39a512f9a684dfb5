import { readLines } from './readLines';

const FIELD = /^(name|version) = "([^"]{1,300})"/;

/** `Cargo.lock`, `poetry.lock` and others of tables `[[package]]`. */
export const cargo = readLines(add => {
  let name = '';
  let isPackage = false;
  return line => {
    if (line.startsWith('[')) {
      isPackage = line.startsWith('[[package]]');
      name = '';
      return;
    }
    const field = isPackage ? FIELD.exec(line) : undefined;
    if (field?.[1] === 'name') {
      name = field[2];
    } else if (field && name) {
      add(name, field[2]);
    }
  };
});
