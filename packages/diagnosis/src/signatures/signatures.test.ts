import { findSubCategory } from '../taxonomy/taxonomy';
import { RE2JS } from 're2js';
import { SIGNATURES } from './allSignatures';
import { matchSignature } from './matchSignatures';

describe('signatures', () => {
  it.each(SIGNATURES.map(one => [one.id, one] as const))(
    '%s recognizes its own examples and leaves alone what is only similar',
    (_, { id, pattern, matches, rejects, subCategory, also, provenance }) => {
      const own = RE2JS.compile(pattern);
      expect(matches.length).toBeGreaterThan(0);
      expect(rejects.length).toBeGreaterThan(0);
      expect(provenance).not.toBe('');
      for (const line of matches) {
        expect([line, matchSignature(line)?.id]).toEqual([line, id]);
      }
      for (const line of rejects) {
        expect([line, own.matcher(line).find()]).toEqual([line, false]);
      }
      for (const key of [subCategory, ...Object.keys(also ?? {})]) {
        expect([key, findSubCategory(key)?.key]).toEqual([key, key]);
      }
    },
  );

  it('has an identifier for each', () => {
    expect(new Set(SIGNATURES.map(({ id }) => id)).size).toBe(
      SIGNATURES.length,
    );
  });
});
