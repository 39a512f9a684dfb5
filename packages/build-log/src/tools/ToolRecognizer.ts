import type { ToolFinding } from '../types';
import { WordTable } from '../templates/WordTable';
import { ALL_RULES } from './allRules';
import type { ToolRule } from './ToolRule';

/** A rule that matched, with what it read. */
export type ToolMatch = {
  rule: ToolRule;
  groups: Record<string, string | undefined>;
};

/** What the scanner has seen of a line. */
export type LineSigns = {
  hits: Int32Array;
  hitCount: number;
  hasHigh: boolean;
};

const MAXIMUM_LENGTH = 2_000;
const NUMBERS = ['sourceLine', 'column', 'exitCode', 'httpStatus'] as const;
const TEXTS = [
  'file',
  'rule',
  'test',
  'package',
  'version',
  'signal',
  'host',
] as const;
/** Crosses and bullets of test reporters. */
const SYMBOL = /[\u2190-\u2bff]/;
const NO_GROUPS = {};

/** Signs that are not words: what a line begins with. */
function signOf(text: string): string | undefined {
  switch (text.charCodeAt(0)) {
    case 0x45: // E
      return text.startsWith('E  ') ? '*letter-e' : undefined;
    case 0x5f: // _
      return text.startsWith('___') ? '*underscores' : undefined;
    case 0x20:
      return /^\s{1,12}\d{1,4}\) /.test(text) ? '*number' : undefined;
    default:
      return undefined;
  }
}

/**
 * Recognizes what tools say. A rule is tried only on lines that contain one of
 * its words, which the scanner has found already; the first that matches wins.
 */
export class ToolRecognizer {
  readonly words: WordTable;
  readonly #rules: readonly ToolRule[];
  /** Positions of rules by the identifier of a word, ascending. */
  readonly #byWord: number[][];
  readonly #bySign = new Map<string, number[]>();

  private constructor(rules: readonly ToolRule[], moreWords: Iterable<string>) {
    this.#rules = rules;
    this.words = WordTable.create([
      ...moreWords,
      ...rules.flatMap(rule => rule.words.filter(word => word[0] !== '*')),
    ]);
    this.#byWord = Array.from({ length: this.words.size + 1 }, () => []);
    rules.forEach((rule, position) => {
      for (const word of rule.words) {
        if (word.startsWith('*')) {
          const positions = this.#bySign.get(word) ?? [];
          positions.push(position);
          this.#bySign.set(word, positions);
        } else {
          this.#byWord[this.words.idOf(word)].push(position);
        }
      }
    });
  }

  static create(
    options: { rules?: readonly ToolRule[]; moreWords?: Iterable<string> } = {},
  ): ToolRecognizer {
    return new ToolRecognizer(
      options.rules ?? ALL_RULES,
      options.moreWords ?? [],
    );
  }

  recognize(text: string, signs: LineSigns): ToolMatch | undefined {
    const { hits, hitCount } = signs;
    const sign =
      signs.hasHigh && SYMBOL.test(text.slice(0, 200))
        ? '*symbol'
        : signOf(text);
    if (hitCount === 0 && sign === undefined) {
      return undefined;
    }
    const candidates: number[] = [];
    for (let index = 0; index < hitCount; index += 1) {
      candidates.push(...this.#byWord[hits[index]]);
    }
    if (sign !== undefined) {
      candidates.push(...(this.#bySign.get(sign) ?? []));
    }
    candidates.sort((left, right) => left - right);
    const head =
      text.length > MAXIMUM_LENGTH ? text.slice(0, MAXIMUM_LENGTH) : text;
    let previous = -1;
    for (const position of candidates) {
      if (position !== previous) {
        previous = position;
        const rule = this.#rules[position];
        const match = rule.pattern.exec(head);
        if (match) {
          return { rule, groups: match.groups ?? NO_GROUPS };
        }
      }
    }
    return undefined;
  }
}

/** The finding that a match stands for. */
export function findingOf(
  match: ToolMatch,
  line: number,
  text: string,
): ToolFinding {
  const { rule, groups } = match;
  const finding: ToolFinding = {
    tool: rule.tool,
    kind: rule.kind,
    line,
    message: (groups.message ?? text).trim().slice(0, 500),
  };
  for (const name of NUMBERS) {
    if (groups[name] !== undefined) {
      finding[name] = Number(groups[name]);
    }
  }
  for (const name of TEXTS) {
    if (groups[name]) {
      finding[name] = groups[name]!.slice(0, 300);
    }
  }
  return finding;
}
