const Z = 1.959964;
const RESAMPLES = 2_000;

/** Wilson's 95 % interval of a share. */
export function shareInterval(hits: number, cases: number): [number, number] {
  if (cases === 0) {
    return [0, 1];
  }
  const share = hits / cases;
  const scale = 1 + Z ** 2 / cases;
  const middle = (share + Z ** 2 / (2 * cases)) / scale;
  const half =
    (Z * Math.sqrt((share * (1 - share)) / cases + Z ** 2 / (4 * cases ** 2))) /
    scale;
  return [Math.max(0, middle - half), Math.min(1, middle + half)];
}

/** A 95 % interval of a mean by resampling cases with a fixed seed. */
export function meanInterval(values: number[]): [number, number] {
  return ratioInterval(values.map(value => ({ part: value, whole: 1 })));
}

/** The same of a sum over a sum, where what is resampled holds several of what is counted. */
export function ratioInterval(
  groups: { part: number; whole: number }[],
): [number, number] {
  return resampledInterval(groups, drawn => {
    let part = 0;
    let whole = 0;
    for (const group of drawn) {
      part += group.part;
      whole += group.whole;
    }
    return whole === 0 ? 0 : part / whole;
  });
}

/** A 95 % interval of any figure of cases (percentile bootstrap, with a fixed seed). */
export function resampledInterval<T>(
  cases: T[],
  figure: (drawn: T[]) => number,
): [number, number] {
  let state = 20_240_229;
  const random = () => {
    // mulberry32
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const figures: number[] = [];
  for (let turn = 0; turn < RESAMPLES; turn += 1) {
    figures.push(
      figure(cases.map(() => cases[Math.floor(random() * cases.length)])),
    );
  }
  figures.sort((left, right) => left - right);
  return [
    figures[Math.floor(RESAMPLES * 0.025)],
    figures[Math.ceil(RESAMPLES * 0.975) - 1],
  ];
}

export function mean(values: number[]): number {
  return values.length === 0
    ? 0
    : values.reduce((sum, value) => sum + value, 0) / values.length;
}
