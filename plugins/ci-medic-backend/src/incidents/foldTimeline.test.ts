import fc from 'fast-check';
import { foldTimeline, Sighting, STALE_MS, Transition } from './foldTimeline';

const HOUR_MS = 3_600_000;
const START = Date.parse('2026-11-02T00:00:00Z');

let jobs = 0;
function seen(
  kind: Sighting['kind'],
  hour: number,
  options?: { track?: string; order?: string },
): Sighting {
  const { track = 'build@main', order = String(hour).padStart(6, '0') } =
    options ?? {};
  const at = START + hour * HOUR_MS;
  return { kind, trackId: track, order, at, jobId: `job-${++jobs}` };
}

const failed = seen.bind(undefined, 'failed');
const passed = seen.bind(undefined, 'passed');

/** As `kind@hour`, which is how the examples are told. */
function told(transitions: Transition[]): string[] {
  return transitions.map(({ kind, at }) => `${kind}@${(at - START) / HOUR_MS}`);
}

const soon = START + 100 * HOUR_MS;

describe('foldTimeline', () => {
  it('opens with the first failure, resolves with a pass of the same job, and reopens', () => {
    const first = failed(1);
    const transitions = foldTimeline(
      [first, failed(2), passed(3), passed(4), failed(5)],
      soon,
    );
    expect(told(transitions)).toEqual(['opened@1', 'resolved@3', 'reopened@5']);
    expect(transitions[0].cause).toBe(first);
  });

  it('stays open until the last of the jobs that it struck passes', () => {
    const transitions = foldTimeline(
      [
        failed(1, { track: 'build@main' }),
        failed(2, { track: 'build@next' }),
        passed(3, { track: 'build@main' }),
        passed(5, { track: 'lint@main' }),
        passed(6, { track: 'build@next' }),
      ],
      soon,
    );
    expect(told(transitions)).toEqual(['opened@1', 'resolved@6']);
  });

  it('does not take the rerun of an old commit for news of the present one', () => {
    const broken = [failed(1, { order: '01-1' }), failed(5, { order: '05-1' })];
    expect(
      told(foldTimeline([...broken, passed(9, { order: '01-2' })], soon)),
    ).toEqual(['opened@1']);
    const healed = [failed(1, { order: '01-1' }), passed(5, { order: '05-1' })];
    expect(
      told(foldTimeline([...healed, failed(9, { order: '01-2' })], soon)),
    ).toEqual(['opened@1', 'resolved@5']);
    expect(
      told(foldTimeline([...broken, passed(9, { order: '05-2' })], soon)),
    ).toEqual(['opened@1', 'resolved@9']);
  });

  it('closes what was not seen for more than 14 days, at the time when these were over', () => {
    const last = failed(30);
    const end = last.at + STALE_MS;
    const sightings = [failed(1), last];
    expect(told(foldTimeline(sightings, end))).toEqual(['opened@1']);
    expect(foldTimeline(sightings, end + 1)).toMatchObject([
      { kind: 'opened' },
      { kind: 'closed_stale', at: end },
    ]);
    const again = failed(30 + 15 * 24);
    expect(told(foldTimeline([...sightings, again], again.at))).toEqual([
      'opened@1',
      `closed_stale@${30 + 14 * 24}`,
      `reopened@${30 + 15 * 24}`,
    ]);
  });

  it('says nothing of passes alone', () => {
    expect(foldTimeline([passed(1), passed(2)], soon)).toEqual([]);
  });

  const sighting = (hours: number): fc.Arbitrary<Omit<Sighting, 'jobId'>> =>
    fc.record({
      kind: fc.constantFrom('failed', 'passed'),
      trackId: fc.constantFrom('a', 'b', 'c'),
      order: fc.integer({ min: 1, max: 8 }).map(String),
      at: fc
        .integer({ min: 0, max: hours })
        .map(hour => START + hour * HOUR_MS),
    });
  const history = (hours: number): fc.Arbitrary<Sighting[]> =>
    fc
      .array(sighting(hours), { maxLength: 25 })
      .map(items => items.map((item, n) => ({ ...item, jobId: `job-${n}` })));
  const inTwoOrders = (hours: number) =>
    history(hours).chain(items =>
      fc.tuple(
        fc.constant(items),
        fc.shuffledSubarray(items, {
          minLength: items.length,
          maxLength: items.length,
        }),
      ),
    );

  it('comes to the same whatever order the sightings became known in', () => {
    fc.assert(
      fc.property(inTwoOrders(2_000), ([items, shuffled]) => {
        const now = START + 3_000 * HOUR_MS;
        expect(foldTimeline(shuffled, now)).toEqual(foldTimeline(items, now));
      }),
      { numRuns: 300 },
    );
  });

  it('alternates between open and closed, and never goes back in time', () => {
    fc.assert(
      fc.property(history(2_000), items => {
        const transitions = foldTimeline(items, START + 3_000 * HOUR_MS);
        transitions.forEach(({ kind, at }, index) => {
          const isOpening = kind === 'opened' || kind === 'reopened';
          expect(isOpening).toBe(index % 2 === 0);
          expect(kind === 'opened').toBe(index === 0);
          expect(at).toBeGreaterThanOrEqual(transitions[index - 1]?.at ?? 0);
        });
        // Everything is stale by then.
        expect(transitions.length % 2).toBe(0);
      }),
      { numRuns: 300 },
    );
  });

  it('is open exactly while the newest run of some job that it struck failed', () => {
    fc.assert(
      fc.property(history(14 * 24), items => {
        const newest = new Map<string, Sighting>();
        for (const item of items) {
          const other = newest.get(item.trackId);
          const rank = ({ order, at, kind, jobId }: Sighting) =>
            `${order} ${at} ${kind} ${jobId}`;
          if (!other || rank(other) < rank(item)) {
            newest.set(item.trackId, item);
          }
        }
        const isFailing = [...newest.values()].some(
          ({ kind }) => kind === 'failed',
        );
        const transitions = foldTimeline(items, START + 14 * 24 * HOUR_MS);
        const last = transitions[transitions.length - 1]?.kind;
        expect(last === 'opened' || last === 'reopened').toBe(isFailing);
      }),
      { numRuns: 500 },
    );
  });
});
