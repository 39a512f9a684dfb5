import { UserRule } from './parseUserRules';
import { UserRules } from './UserRules';

/** A rule that fires on more of the passing logs than this explains nothing. */
const MOST_PASSING = 0.1;

/**
 * What is wrong with a rule.
 *
 * @public
 */
export type UserRuleReport = {
  name: string;
  ok: boolean;
  /** One sentence for each thing that is wrong. */
  problems: string[];
  /** On how many passing logs the rule fires; absent where none were given. */
  passing?: { fired: number; logs: number };
};

/**
 * Tests each rule by its own examples, and by logs of passing runs.
 *
 * `passing` holds the lines of each passing log.
 *
 * @public
 */
export function checkUserRules(options: {
  rules: UserRule[];
  passing?: Iterable<Iterable<string>>;
}): UserRuleReport[] {
  const { rules, passing } = options;
  const all = UserRules.create(rules);
  const fired = new Map<UserRule, number>();
  let logs = 0;
  for (const lines of passing ?? []) {
    logs += 1;
    const seen = new Set<UserRule>();
    for (const line of lines) {
      for (const rule of all.matchesOf(line)) {
        seen.add(rule);
      }
    }
    seen.forEach(rule => fired.set(rule, (fired.get(rule) ?? 0) + 1));
  }
  return rules.map((rule, index) => {
    const problems = problemsOf(rule, rules.slice(0, index));
    const count = fired.get(rule) ?? 0;
    if (logs > 0 && count / logs > MOST_PASSING) {
      problems.push(
        `fires on ${count} of ${logs} passing logs, more than ${
          100 * MOST_PASSING
        } %`,
      );
    }
    return {
      name: rule.name,
      ok: problems.length === 0,
      problems,
      ...(logs > 0 && { passing: { fired: count, logs } }),
    };
  });
}

function problemsOf(rule: UserRule, earlier: UserRule[]): string[] {
  const own = UserRules.create([rule]);
  const before = UserRules.create(earlier);
  const problems: string[] = [];
  if (earlier.some(({ name }) => name === rule.name)) {
    problems.push('has the name of an earlier rule');
  }
  for (const example of rule.examples.match) {
    if (!own.match(example)) {
      problems.push(`does not match its example '${example}'`);
    } else {
      const other = before.match(example)?.rule.name;
      if (other !== undefined) {
        problems.push(
          `never gets its example '${example}': '${other}' is first`,
        );
      }
    }
  }
  for (const example of rule.examples.noMatch) {
    if (own.match(example)) {
      problems.push(`matches '${example}', which it must not`);
    }
  }
  if (own.match('') !== undefined) {
    problems.push('matches every line');
  }
  return problems;
}
