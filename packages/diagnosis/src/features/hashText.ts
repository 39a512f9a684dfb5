/**
 * Places for the words of a text in the feature vector.
 *
 * @public
 */
export const TEXT_FEATURES = 4096;

const LONGEST_WORD = 24;
const FNV_OFFSET = 0x811c9dc5;
const FNV_PRIME = 0x01000193;

/** FNV-1a, 32 bits; words are ASCII. */
function placeOf(word: string): number {
  let hash = FNV_OFFSET;
  for (let index = 0; index < word.length; index++) {
    hash = Math.imul(hash ^ word.charCodeAt(index), FNV_PRIME);
  }
  return (hash >>> 0) % TEXT_FEATURES;
}

/**
 * Words of a line: runs of ASCII letters of at least two, and numbers from 100
 * to 599, which are mostly statuses of HTTP and exit codes. Other numbers, hashes and single
 * letters differ from run to run and say nothing.
 */
function wordsOf(line: string): string[] {
  const words = line.toLowerCase().match(/[a-z]+|[0-9]+/g) ?? [];
  return words
    .filter(word =>
      /^[a-z]/.test(word) ? word.length > 1 : /^[1-5][0-9]{2}$/.test(word),
    )
    .map(word => word.slice(0, LONGEST_WORD));
}

/**
 * Text as numbers: each word and each pair of neighbours of a line has a place,
 * found by hashing; places that occur are 1, then the whole has length 1. The
 * model learns places and keeps no word of any log.
 *
 * @public
 */
export function hashText(text: string): Float32Array {
  const vector = new Float32Array(TEXT_FEATURES);
  let count = 0;
  const mark = (word: string) => {
    const place = placeOf(word);
    count += vector[place] === 0 ? 1 : 0;
    vector[place] = 1;
  };
  for (const line of text.split('\n')) {
    let before: string | undefined;
    for (const word of wordsOf(line)) {
      mark(word);
      if (before !== undefined) {
        mark(`${before} ${word}`);
      }
      before = word;
    }
  }
  if (count > 0) {
    const share = 1 / Math.sqrt(count);
    for (let place = 0; place < vector.length; place++) {
      vector[place] *= share;
    }
  }
  return vector;
}
