import type { LogRangeReason } from '../types';

/** How one kind of message is recognized on one line. */
export type ToolRule = {
  tool: string;
  kind: string;
  reason: LogRangeReason;
  /**
   * How much such a line explains, 0 to 100: 90 a cause of its own, 80 what a
   * tool found, 60 an error without more, 30 a hint, below 20 an aftermath.
   */
  weight: number;
  /**
   * Lower-case words of letters, one of which is in every matching line. Camel
   * case is cut (`TypeError` is `type` and `error`), digits end a word. The word
   * `*symbol` stands for crosses and bullets of test reporters.
   */
  words: readonly string[];
  /**
   * Named groups become fields of the finding: `file`, `sourceLine`, `column`,
   * `rule`, `message`, `test`, `package`, `version`, `exitCode`, `signal`,
   * `httpStatus`, `host`.
   */
  pattern: RegExp;
  /** The lines up to one that matches belong to the message, at most 200. */
  until?: RegExp;
};

/** A rule without what a whole file of rules shares. */
export type RuleOf<Shared extends Partial<ToolRule>> = Omit<
  ToolRule,
  keyof Shared
> &
  Partial<ToolRule>;

/** Completes rules with what they share. */
export function shareAll<Shared extends Partial<ToolRule>>(
  shared: Shared,
  rules: readonly RuleOf<Shared>[],
): ToolRule[] {
  return rules.map(rule => ({ ...shared, ...rule } as unknown as ToolRule));
}
