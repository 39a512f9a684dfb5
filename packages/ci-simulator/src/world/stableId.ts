import { createHash } from 'crypto';

/**
 * A number that looks like an identifier of GitHub and is the same for the same
 * parts each time.
 *
 * @param digits - how many; at most 15, so that it stays a safe integer
 */
export function stableId(
  parts: Array<string | number>,
  digits: number = 11,
): number {
  const hash = createHash('sha256').update(JSON.stringify(parts)).digest();
  const lowest = 10 ** (digits - 1);
  const range = BigInt(9 * lowest);
  return lowest + Number(hash.readBigUInt64BE() % range);
}

/** An opaque identifier, as GitHub has beside each number. */
export function nodeId(kind: string, id: number | string): string {
  return `${kind}_${Buffer.from(String(id)).toString('base64url')}`;
}
