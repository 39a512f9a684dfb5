import { DiagnosisInput, FailureLine } from '../DiagnosisInput';
import { Evidence } from '../DiagnosisResult';
import { matchSignature } from '../signatures/matchSignatures';
import { Signature } from '../signatures/Signature';
import { KnownCategory } from '../taxonomy/SubCategory';
import { findSubCategory } from '../taxonomy/taxonomy';
import { rankLines } from './rankLines';

/** A second line that says the same adds this much of its weight at most. */
const REPEATED = 0.15;
const MOST_LINES = 6;

type Found = { signature: Signature; weight: number; lines: number[] };

function matchAll(lines: readonly { line: FailureLine; rank: number }[]) {
  const found = new Map<string, Found>();
  for (const { line, rank } of lines) {
    const signature = matchSignature(line.text);
    if (!signature) {
      continue;
    }
    const known = found.get(signature.id);
    const weight = signature.weight * rank;
    if (!known) {
      found.set(signature.id, { signature, weight, lines: [line.number] });
    } else {
      known.weight = Math.max(known.weight, weight);
      if (known.lines.length < MOST_LINES) {
        known.lines.push(line.number);
      }
    }
  }
  return [...found.values()];
}

/** Joins neighbours: 3, 4, 5, 9 become 3 to 5 and 9. */
function rangesOf(numbers: readonly number[]): [number, number][] {
  const ranges: [number, number][] = [];
  for (const number of [...numbers].sort((left, right) => left - right)) {
    const last = ranges[ranges.length - 1];
    if (last && number <= last[1] + 1) {
      last[1] = number;
    } else {
      ranges.push([number, number]);
    }
  }
  return ranges;
}

function toEvidence({ signature, weight, lines }: Found): Evidence {
  const more = 1 + REPEATED * Math.min(1, lines.length - 1);
  const share = (weight / signature.weight) * more;
  const subCategories: Record<string, number> = {
    [signature.subCategory]: signature.weight * share,
  };
  for (const [key, other] of Object.entries(signature.also ?? {})) {
    subCategories[key] = other * share;
  }
  const categories: Partial<Record<KnownCategory, number>> = {};
  for (const [key, value] of Object.entries(subCategories)) {
    const { category } = findSubCategory(key)!;
    categories[category] = Math.max(categories[category] ?? 0, value);
  }
  const { title } = findSubCategory(signature.subCategory)!;
  const where =
    lines.length === 1 ? `Line ${lines[0]}` : `${lines.length} lines`;
  return {
    source: 'signature',
    text: `${where} ${
      lines.length === 1 ? 'is' : 'are'
    } what "${title}" looks like (${signature.id}).`,
    lines: rangesOf(lines),
    categories,
    subCategories,
    ...(signature.transient && { transient: signature.transient }),
  };
}

/** Signatures that lines of the log match, the strongest first. */
export function foundSignatures(input: DiagnosisInput): Signature[] {
  return strongestFirst(input).map(({ signature }) => signature);
}

/** What lines of the log are known to mean, the strongest first. Weaker signs beside a strong one add little. */
export function signatureEvidence(input: DiagnosisInput): Evidence[] {
  return strongestFirst(input).map(toEvidence);
}

function strongestFirst(input: DiagnosisInput): Found[] {
  return matchAll(rankLines(input)).sort(
    (left, right) => right.weight - left.weight,
  );
}
