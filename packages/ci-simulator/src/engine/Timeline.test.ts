import * as fc from 'fast-check';
import { Timeline } from './Timeline';

describe('Timeline', () => {
  it('lets things happen in order, each at its time', () => {
    const times = fc.array(fc.integer({ min: 0, max: 1000 }), {
      maxLength: 60,
    });
    fc.assert(
      fc.property(times, planned => {
        const timeline = Timeline.create(0);
        const seen: Array<[number, number]> = [];
        planned.forEach((time, index) =>
          timeline.at(time, () => {
            seen.push([timeline.now(), index]);
          }),
        );
        timeline.runUntil(1000);
        const expected = planned
          .map<[number, number]>((time, index) => [time, index])
          .sort(
            ([one, first], [other, second]) => one - other || first - second,
          );
        expect(seen).toEqual(expected);
        expect(timeline.now()).toBe(1000);
      }),
    );
  });

  it('lets what happens plan more', () => {
    const timeline = Timeline.create(0);
    const seen: number[] = [];
    const again = () => {
      seen.push(timeline.now());
      timeline.after(10, again);
    };
    timeline.after(10, again);
    timeline.runUntil(35);
    expect(seen).toEqual([10, 20, 30]);
  });

  it('passes quickly until the present, and never leaves it', () => {
    jest.useFakeTimers({ now: 1_000_000 });
    const timeline = Timeline.create(1_000_000 - 59_000);
    const seen: number[] = [];
    timeline.at(1_000_000, () => seen.push(Date.now()));
    timeline.start({ speed: 60, neverAhead: true });
    jest.advanceTimersByTime(500);
    expect(timeline.now()).toBe(1_000_000 - 59_000 + 30_000);
    jest.advanceTimersByTime(20_000);
    expect(timeline.now()).toBe(1_020_500);
    expect(seen).toHaveLength(1);
    timeline.stop();
    jest.useRealTimers();
  });
});
