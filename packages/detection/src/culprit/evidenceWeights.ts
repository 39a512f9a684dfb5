import { formatShare } from '../statistics/formatNumbers';
import { Evidence, EvidenceName } from './types';

interface Weighing {
  weight: (value: number) => number;
  words: (value: number) => string;
  /** Only the strongest of one group counts: a line that is hit is a path that is hit. */
  group?: string;
  /** The value when the caller gives none. */
  usual?: number;
}

const clamp = (value: number, low: number, high: number) =>
  Math.min(Math.max(value, low), high);

const logit = (p: number) => Math.log(p / (1 - p));

/** Of six categories, one is right by chance. */
const chance = 1 / 6;

/**
 * Weights of evidence in natural logarithms of odds. After LUCI's heuristic analysis (file in the log 10, related file
 * 2, of which HIGH is 10), FaultLocator's features and Google's culprit finder; kept as written until some hundred
 * confirmed suspects allow a fit.
 */
export const evidenceWeights: Record<
  Exclude<EvidenceName, 'custom'>,
  Weighing
> = {
  line_in_log: {
    weight: () => 4,
    words: () => 'changes a line that the failure names',
    group: 'place',
  },
  path_in_log: {
    weight: () => 3,
    words: () => 'changes a file that the failure names',
    group: 'place',
  },
  same_module: {
    weight: () => 1,
    words: () => 'changes the module that fails',
    group: 'place',
  },
  package_in_log: {
    weight: () => 3,
    words: () => 'changes a package that the failure names',
  },
  co_failure: {
    weight: lift => clamp(Math.log(Math.max(lift, 1e-6)), -2, 2),
    words: lift =>
      `changes like this one came with this failure ${lift.toFixed(
        1,
      )} times as often as others`,
    usual: 1,
  },
  ci_change: {
    weight: () => 2,
    words: () => 'changes how builds run, and the failure is of that kind',
  },
  event_near: {
    weight: () => 2,
    words: () => 'happened within 30 minutes of the first failure',
  },
  repositories_affected: {
    weight: count => clamp(Math.log(Math.max(count, 1)), 0, 3),
    words: count =>
      `${count} unrelated ${
        count === 1 ? 'repository fails' : 'repositories fail'
      } alike`,
    usual: 1,
  },
  harmless_files: {
    weight: () => -3,
    words: () => 'touches documentation or snapshots only',
  },
  reverts_suspect: {
    weight: () => 1,
    words: () => 'a later change reverts it',
  },
  size: {
    weight: lines => 0.2 * Math.log(clamp(lines, 1, 100_000)),
    words: lines => `changes ${lines.toLocaleString('en')} lines`,
    usual: 1,
  },
  upstream_incident: {
    weight: distance => Math.max(2.5 - 0.5 * (distance - 1), 0.5),
    words: distance =>
      `has an incident of its own, ${distance} ${
        distance === 1 ? 'step' : 'steps'
      } upstream`,
    usual: 1,
  },
  upstream_release: {
    weight: distance => Math.max(1 - 0.25 * (distance - 1), 0),
    words: distance =>
      `released in this time, ${distance} ${
        distance === 1 ? 'step' : 'steps'
      } upstream`,
    usual: 1,
  },
  only_change_of_kind: {
    weight: () => 1,
    words: () => 'is the only change of its kind in the range',
  },
  seen_before: {
    weight: () => 2,
    words: () => 'the same failure had this cause before',
  },
  diagnosed: {
    weight: p => clamp(logit(clamp(p, 0.001, 0.999)) - logit(chance), -3, 3),
    words: p => `the diagnosis gives this kind of cause ${formatShare(p)}`,
    usual: chance,
  },
};

/** Evidence with its weight and its words. */
export interface WeighedEvidence {
  weight: number;
  words: string;
}

/** Weighs evidence; of one group only the strongest is kept. The strongest comes first. */
export function weighEvidence(evidence: Evidence[] = []): WeighedEvidence[] {
  const strongest = new Map<string, WeighedEvidence>();
  evidence.forEach((item, index) => {
    const { name, value, weight, text } = item;
    const known = name === 'custom' ? undefined : evidenceWeights[name];
    const number = value ?? known?.usual ?? 1;
    const weighed = {
      weight: weight ?? known?.weight(number) ?? 0,
      words: text ?? known?.words(number) ?? name,
    };
    const group = known?.group ?? `${name}:${index}`;
    const other = strongest.get(group);
    if (!other || Math.abs(weighed.weight) > Math.abs(other.weight)) {
      strongest.set(group, weighed);
    }
  });
  return [...strongest.values()].sort(
    (a, b) => Math.abs(b.weight) - Math.abs(a.weight),
  );
}
