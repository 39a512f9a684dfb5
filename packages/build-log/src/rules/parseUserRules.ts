import { RE2JS } from 're2js';
import { parseDocument } from 'yaml';
import { z } from 'zod';

const MOST_RULES = 1_000;
const text = z.string().min(1).max(2_000);

const ruleSchema = z.strictObject({
  name: text.max(200),
  pattern: text,
  category: z.string().max(100).optional(),
  advice: z.string().max(4_000).optional(),
  /** Named groups of the pattern, or names for numbered ones. */
  captures: z
    .union([z.array(text), z.record(z.string(), z.union([text, z.int()]))])
    .optional(),
  examples: z
    .strictObject({
      match: z.array(z.string().max(10_000)).default([]),
      no_match: z.array(z.string().max(10_000)).default([]),
    })
    .default({ match: [], no_match: [] }),
});

const fileSchema = z.union([
  z.array(ruleSchema).max(MOST_RULES),
  z
    .strictObject({ rules: z.array(ruleSchema).max(MOST_RULES) })
    .transform(({ rules }) => rules),
]);

/**
 * A rule of a user: what it recognizes, what that means, and what to do about it.
 *
 * @public
 */
export type UserRule = {
  name: string;
  /** In the syntax of RE2: no input makes it slow. */
  pattern: string;
  category?: string;
  advice?: string;
  /** By the name of what is captured: the name or number of a group. */
  captures: Record<string, string | number>;
  /** Lines that the rule must and must not match. */
  examples: { match: string[]; noMatch: string[] };
};

/**
 * A rule that cannot be used.
 *
 * @public
 */
export class UserRuleError extends Error {
  constructor(
    message: string,
    /** Which rule, by its position from 0; absent where the file itself is wrong. */
    readonly index?: number,
    /** Which character of the pattern, from 0, where the syntax says. */
    readonly position?: number,
  ) {
    super(message);
    this.name = 'UserRuleError';
  }
}

/**
 * Reads rules from YAML (a list, or a list under `rules`), in their order.
 *
 * @throws {@link UserRuleError} where the text is no YAML, a field is missing or unknown, or a pattern is no RE2
 * @public
 */
export function parseUserRules(yaml: string): UserRule[] {
  const document = parseDocument(yaml, { prettyErrors: true });
  if (document.errors.length > 0) {
    throw new UserRuleError(document.errors[0].message);
  }
  return userRulesFrom(document.toJS({ maxAliasCount: 100 }));
}

/**
 * The same for rules that were read already, as those of a configuration.
 *
 * @throws {@link UserRuleError}
 * @public
 */
export function userRulesFrom(value: unknown): UserRule[] {
  const parsed = fileSchema.safeParse(value);
  if (!parsed.success) {
    throw new UserRuleError(z.prettifyError(parsed.error));
  }
  return parsed.data.map(({ examples, captures, ...rule }, index) => {
    const groups = checkPattern(rule.name, rule.pattern, index);
    const named = Array.isArray(captures)
      ? Object.fromEntries(captures.map(name => [name, name]))
      : captures ?? Object.fromEntries(groups.map(name => [name, name]));
    for (const group of Object.values(named)) {
      if (typeof group === 'string' && !groups.includes(group)) {
        throw new UserRuleError(
          `Rule '${rule.name}': the pattern has no group '${group}'`,
          index,
        );
      }
    }
    return {
      ...rule,
      captures: named,
      examples: { match: examples.match, noMatch: examples.no_match },
    };
  });
}

/** The named groups of a pattern. */
function checkPattern(name: string, pattern: string, index: number): string[] {
  try {
    return Object.keys(RE2JS.compile(pattern).namedGroups());
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const part = /`([^`]{1,200})`/.exec(message)?.[1];
    const position = part ? pattern.indexOf(part) : -1;
    throw new UserRuleError(
      `Rule '${name}': ${message}`,
      index,
      position < 0 ? undefined : position,
    );
  }
}
