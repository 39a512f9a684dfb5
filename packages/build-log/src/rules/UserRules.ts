import { RE2JS } from 're2js';
import { UserRule } from './parseUserRules';

const LONGEST_LINE = 4_000;

/**
 * What a rule recognized on a line.
 *
 * @public
 */
export type UserRuleMatch = {
  rule: UserRule;
  captures: Record<string, string>;
};

/**
 * Rules of a user, compiled. The first that matches a line wins.
 *
 * @public
 */
export class UserRules {
  readonly #rules: { rule: UserRule; pattern: RE2JS }[];

  private constructor(rules: UserRule[]) {
    this.#rules = rules.map(rule => ({
      rule,
      pattern: RE2JS.compile(rule.pattern),
    }));
  }

  /** Compiles rules that {@link parseUserRules} has read. */
  static create(rules: UserRule[]): UserRules {
    return new UserRules(rules);
  }

  get isEmpty(): boolean {
    return this.#rules.length === 0;
  }

  /** @internal */
  match(text: string): UserRuleMatch | undefined {
    const head =
      text.length > LONGEST_LINE ? text.slice(0, LONGEST_LINE) : text;
    for (const { rule, pattern } of this.#rules) {
      const matcher = pattern.matcher(head);
      if (matcher.find()) {
        const captures: Record<string, string> = {};
        for (const [name, group] of Object.entries(rule.captures)) {
          const value = matcher.group(group as string);
          if (value) {
            captures[name] = value.slice(0, 300);
          }
        }
        return { rule, captures };
      }
    }
    return undefined;
  }

  /** @internal */
  matchesOf(text: string): UserRule[] {
    const head =
      text.length > LONGEST_LINE ? text.slice(0, LONGEST_LINE) : text;
    return this.#rules
      .filter(({ pattern }) => pattern.matcher(head).find())
      .map(({ rule }) => rule);
  }
}
