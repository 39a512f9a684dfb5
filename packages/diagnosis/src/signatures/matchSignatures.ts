import { RE2JS } from 're2js';
import { SIGNATURES } from './allSignatures';
import { Signature } from './Signature';

/** A line longer than this is cut: what names a cause stands at its beginning. */
const LONGEST_LINE = 1_000;

type Compiled = { signature: Signature; pattern: RE2JS };

let compiled: Compiled[] | undefined;

/**
 * The first signature that recognizes a line of a log, in linear time. Nothing where none does.
 *
 * @public
 */
export function matchSignature(text: string): Signature | undefined {
  compiled ??= SIGNATURES.map(signature => ({
    signature,
    pattern: RE2JS.compile(signature.pattern),
  }));
  const line = text.slice(0, LONGEST_LINE).trim();
  // One after the other: together they would have too many states to be fast.
  return line === ''
    ? undefined
    : compiled.find(({ pattern }) => pattern.test(line))?.signature;
}
