import { createHash } from 'crypto';

/** A number below 2^48 that is always the same for some words. */
export function numberOf(...words: (string | number)[]): number {
  return createHash('sha256').update(words.join('|')).digest().readUIntBE(0, 6);
}
