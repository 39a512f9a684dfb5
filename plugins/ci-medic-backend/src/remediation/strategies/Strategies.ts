import { minimatch } from 'minimatch';
import { RemediationCase } from '../RemediationCase';
import { Strategy } from './strategySchema';

const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;

/** What was already tried for a run. */
export type Tried = { strategy?: string; state: string };

/** How often the cause of a failure struck lately, and when it did last, in epoch milliseconds. */
export type Strikes = { runs: number; last: number };

const MOST_QUIET_TIMES = 3;

/**
 * Chooses what to do about a failure. The first strategy that fits is taken; what did not help is followed by what its
 * strategy says comes next.
 */
export class Strategies {
  readonly list: Strategy[];

  constructor(options: { strategies: Strategy[] }) {
    this.list = options.strategies;
  }

  find(id: string | undefined): Strategy | undefined {
    return this.list.find(strategy => strategy.id === id);
  }

  /** Those to try, in order; the next is for when one turns out not to fit the world. */
  *candidates(
    subject: RemediationCase,
    facts: { tried: Tried[]; occurrences: number; now: number },
  ): Generator<Strategy> {
    const failed = new Set(
      facts.tried
        .filter(({ state }) => state === 'failed' || state === 'needs_human')
        .map(({ strategy }) => strategy),
    );
    const given = new Set<string>();
    for (const first of this.list) {
      if (fits(first, subject)) {
        for (
          let next: Strategy | undefined = first;
          next && !given.has(next.id);
          next = this.find(next.otherwise)
        ) {
          given.add(next.id);
          if (!failed.has(next.id) && !unmet(next, subject, facts)) {
            yield next;
          }
        }
      }
    }
  }
}

function fits({ when }: Strategy, subject: RemediationCase): boolean {
  const { diagnosis, verdict, run, target } = subject;
  const { categories, verdicts, minConfidence = 0, minTransient = 0 } = when;
  return (
    (!categories || categories.includes(diagnosis.category)) &&
    (!verdicts || verdicts.includes(verdict ?? 'undecided')) &&
    diagnosis.confidence >= minConfidence &&
    diagnosis.transient >= minTransient &&
    matches(when.subCategories, diagnosis.subCategory) &&
    matches(when.branches, target.branch) &&
    matches(when.events, run.event) &&
    (matches(when.pipelines, run.pipelineName) ||
      matches(when.pipelines, target.workflow?.split('/').pop()))
  );
}

/** What has to be true before and is not. */
function unmet(
  { requires }: Strategy,
  { run }: RemediationCase,
  { occurrences, now }: { occurrences: number; now: number },
): boolean {
  const { maxAttempts = 50, maxAgeHours = 720, minOccurrences = 1 } = requires;
  return (
    run.latestAttempt > maxAttempts ||
    now - run.createdAt > maxAgeHours * HOUR_MS ||
    occurrences < minOccurrences
  );
}

/** When a cause will have been quiet for long enough, in epoch milliseconds. */
export function quietAt(quietMinutes: number, { runs, last }: Strikes): number {
  const times = Math.min(Math.max(runs, 1), MOST_QUIET_TIMES);
  return last + times * quietMinutes * MINUTE_MS;
}

function matches(patterns: string[] | undefined, value: string | undefined) {
  return (
    !patterns ||
    (value !== undefined &&
      patterns.some(pattern =>
        minimatch(value, pattern, { nocase: true, dot: true }),
      ))
  );
}
