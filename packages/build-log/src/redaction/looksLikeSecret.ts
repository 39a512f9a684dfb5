/** Bits per character of a string, from its own characters' frequencies (Shannon). */
export function entropyOf(text: string): number {
  const counts = new Map<string, number>();
  for (const character of text) {
    counts.set(character, (counts.get(character) ?? 0) + 1);
  }
  let bits = 0;
  for (const count of counts.values()) {
    const share = count / text.length;
    bits -= share * Math.log2(share);
  }
  return bits;
}

const PLACEHOLDER =
  /^[*x.#X-]+$|^(?:null|none|undefined|true|false|changeme|redacted|masked|hidden|example|placeholder)$|^[$%<[{]|\$\{|\{\{|(.)\1{5}|(?:x{4}|X{4}|\.{3}|\*{3})|abcdefghijkl|ABCDEFGHIJKL|(?:EXAMPLE|example)$|YOUR_|your[-_]|_HERE|password|PASSWORD|username/;
const PATH = /^[\w.@~-]*(?:\/[\w.@~-]*){2,}$|^\.{0,2}\/|^[A-Za-z]:\\/;
const DOTTED_NAME = /^[A-Za-z_$][\w$]*(?:[.:]{1,2}[A-Za-z_$][\w$-]*)+$/;
const VERSION =
  /^[v^~<>=]*\d+(?:\.\w+)+(?:[-+][\w.]+)?$|(?:rc|alpha|beta|v)\d*\.\d|SNAPSHOT|RELEASE/;

/** Whether a value is no placeholder. */
export function isReal(value: string): boolean {
  return !PLACEHOLDER.test(value);
}

/** Whether a value beside a word like `token` may be a real secret, not the name of one. */
export function looksLikeSecret(value: string, leastEntropy = 3): boolean {
  return (
    value.length >= 10 &&
    isReal(value) &&
    /\d/.test(value) &&
    /[A-Za-z]/.test(value) &&
    !PATH.test(value) &&
    !DOTTED_NAME.test(value) &&
    !VERSION.test(value) &&
    entropyOf(value) >= leastEntropy
  );
}
