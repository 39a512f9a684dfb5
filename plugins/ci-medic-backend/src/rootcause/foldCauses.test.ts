import fc from 'fast-check';
import { CausedIncident, foldCauses } from './foldCauses';

const HOUR = 3_600_000;

const incident = (
  id: string,
  hours: [number, number],
  ...keys: string[]
): CausedIncident => ({
  id,
  from: hours[0] * HOUR,
  last: hours[1] * HOUR,
  keys: [`incident:${id}`, ...keys].map(key => ({ key, reason: `By ${key}` })),
});

describe('foldCauses', () => {
  it('leads by the earliest, and leaves alone what was there at another time', () => {
    expect(
      foldCauses([
        incident('b', [2, 3], 'fingerprint:f'),
        incident('a', [1, 2], 'fingerprint:f'),
        incident('late', [9, 9], 'fingerprint:f'),
        incident('other', [1, 2], 'fingerprint:g'),
      ]),
    ).toEqual(new Map([['b', { leaderId: 'a', reason: 'By fingerprint:f' }]]));
  });

  it('leads by the one that others name as their cause, even when they were first', () => {
    const members = foldCauses([
      incident('consumer', [1, 2], 'incident:provider', 'upstream:kit'),
      incident('provider', [2, 2]),
      incident('another', [2, 3], 'upstream:kit'),
    ]);
    expect([...members.keys()].sort()).toEqual(['another', 'consumer']);
    expect(new Set([...members.values()].map(one => one.leaderId))).toEqual(
      new Set(['provider']),
    );
  });

  it('gives the same groups in any order, each with one leader that leads itself', () => {
    const any = fc
      .array(
        fc.record({
          from: fc.integer({ min: 0, max: 20 }),
          last: fc.integer({ min: 0, max: 5 }),
          keys: fc.array(fc.constantFrom('x', 'y', 'z', 'incident:i0'), {
            maxLength: 3,
          }),
        }),
        { maxLength: 12 },
      )
      .map(all =>
        all.map(({ from, last, keys }, index) =>
          incident(`i${index}`, [from, from + last], ...new Set(keys)),
        ),
      );
    fc.assert(
      fc.property(any, incidents => {
        const members = foldCauses(incidents);
        const backwards = foldCauses([...incidents].reverse());
        for (const [id, { leaderId }] of members) {
          expect(members.has(leaderId)).toBe(false);
          expect(id).not.toBe(leaderId);
          expect(backwards.get(id)?.leaderId).toBe(leaderId);
        }
        expect(backwards.size).toBe(members.size);
      }),
    );
  });
});
