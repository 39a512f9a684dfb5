import { RE2JS } from 're2js';
import { Span } from '../redaction/Span';

/**
 * A shape of secret that only its user knows.
 *
 * @public
 */
export type SecretRule = {
  /** Stands in place of the value. */
  kind: string;
  /** In the syntax of RE2. The group `value`, where there is one, is the secret; else all that matches. */
  pattern: string;
};

const LONGEST_LINE = 65_536;

/** Compiles shapes of secrets into one that finds them all. */
export function secretFinder(rules: SecretRule[]): (text: string) => Span[] {
  const compiled = rules.map(({ kind, pattern }) => {
    const compiledPattern = RE2JS.compile(pattern);
    const hasValue = 'value' in compiledPattern.namedGroups();
    return { kind, pattern: compiledPattern, hasValue };
  });
  return text => {
    const spans: Span[] = [];
    for (const { kind, pattern, hasValue } of compiled) {
      const matcher = pattern.matcher(text.slice(0, LONGEST_LINE));
      while (matcher.find()) {
        const group = hasValue && matcher.group('value') ? 'value' : 0;
        const start = matcher.start(group as number);
        const end = matcher.end(group as number);
        if (end > start) {
          spans.push({ start, end, kind });
        }
      }
    }
    return spans;
  };
}
