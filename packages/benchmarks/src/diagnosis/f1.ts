import { ratioInterval } from '../logs/intervals';

/** What is true of a case, and what was said. */
export type Judged = { truth: boolean; said: boolean };

/** Twice the hits over twice the hits and all that was wrong. */
const partsOf = ({ truth, said }: Judged) => {
  const hit = truth && said ? 2 : 0;
  return { part: hit, whole: hit + (truth === said ? 0 : 1) };
};

export function f1Of(judged: readonly Judged[]): number {
  let hits = 0;
  let all = 0;
  for (const one of judged) {
    const { part, whole } = partsOf(one);
    hits += part;
    all += whole;
  }
  return all === 0 ? 0 : hits / all;
}

/** A 95 % interval by resampling cases with a fixed seed. */
export function f1Interval(judged: readonly Judged[]): [number, number] {
  return ratioInterval(judged.map(partsOf));
}
