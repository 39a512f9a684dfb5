import { randomOf } from '../../chaos/random';

export const noiseKinds = [
  'normal',
  'lognormal',
  'ar .5',
  'ar .8',
  '5 % outliers',
] as const;

export type NoiseKind = (typeof noiseKinds)[number];

/** Standard normal numbers that a seed decides. */
export function normalOf(random: () => number): () => number {
  return () =>
    Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

/** A stationary series without any change: 100 on average, with a spread of about ten. */
export function makeNoise(
  kind: NoiseKind,
  length: number,
  seed: number,
): number[] {
  const random = randomOf(seed);
  const normal = normalOf(random);
  let state = normal();
  const draws: Record<NoiseKind, () => number> = {
    normal,
    lognormal: () => 10 * (Math.exp(0.3 * normal()) - 1),
    'ar .5': () => (state = 0.5 * state + Math.sqrt(1 - 0.25) * normal()),
    'ar .8': () => (state = 0.8 * state + Math.sqrt(1 - 0.64) * normal()),
    '5 % outliers': () => (random() < 0.05 ? 10 : 1) * normal(),
  };
  return Array.from({ length }, () => 100 + 10 * draws[kind]());
}
