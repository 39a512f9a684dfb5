/**
 * A 53-bit hash of a string (cyrb53, public domain, by bryc), as two 32-bit
 * halves: fast, well mixed, the same on every machine. Not cryptographic.
 */
export function hashText(text: string, seed = 0): [high: number, low: number] {
  let first = 0xdeadbeef ^ seed;
  let second = 0x41c6ce57 ^ seed;
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    first = Math.imul(first ^ code, 2654435761);
    second = Math.imul(second ^ code, 1597334677);
  }
  first = Math.imul(first ^ (first >>> 16), 2246822507);
  first ^= Math.imul(second ^ (second >>> 13), 3266489909);
  second = Math.imul(second ^ (second >>> 16), 2246822507);
  second ^= Math.imul(first ^ (first >>> 13), 3266489909);
  return [second >>> 0, first >>> 0];
}

/** The same hash as 16 hexadecimal digits. */
export function hashTextToHex(text: string, seed = 0): string {
  const [high, low] = hashText(text, seed);
  return high.toString(16).padStart(8, '0') + low.toString(16).padStart(8, '0');
}
