import { KnownCategory } from './taxonomy/SubCategory';

/**
 * How much each part counts. `yarn benchmarks diagnosis` measures what they
 * give; `temperature` and `threshold` are chosen so that confidence is true on
 * average and what stays under the threshold is more often wrong than right.
 */
export const WEIGHTS = {
  /** How common each category is before anything is read, as logarithms. */
  prior: {
    flaky_test: -0.6,
    dependency: -0.3,
    infrastructure: 0.1,
    configuration: -0.2,
    code: 0.3,
  } satisfies Record<KnownCategory, number>,
  /** Of the model's answer, which rests on the same words as the signatures. */
  model: 0.8,
  modelTransient: 0.25,
  /** Of a sign of the same category beside a stronger one, then of the next, and so on. */
  decay: 0.35,
  temperature: 0.9,
  /** The same where the kinds only say how likely a rerun is to pass: there a wrong kind costs more than a vague one. */
  temperatureOfTransient: 1.3,
  threshold: 0.55,
};
