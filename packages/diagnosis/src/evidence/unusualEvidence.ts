import { UnusualFigure } from '../DiagnosisInput';
import { Evidence } from '../DiagnosisResult';

type Meaning = Pick<Evidence, 'categories' | 'subCategories'>;

/** Beside the log of a failure, figures are hints; where nothing failed they are all there is. */
const BESIDE_A_FAILURE = 0.5;
/** A level that moved and stayed is no matter of chance. */
const NO_CHANCE = { flaky_test: -2 };

const slower: Meaning = {
  categories: { code: 0.8, infrastructure: 0.2, dependency: 0.2, ...NO_CHANCE },
  subCategories: { 'code.slower': 1 },
};

const BY_METRIC: Readonly<Record<string, Meaning>> = {
  duration: slower,
  minutes: slower,
  queue: {
    categories: { infrastructure: 1.9, code: -0.5, ...NO_CHANCE },
    subCategories: { 'infrastructure.runner_unavailable': 1 },
  },
  flip: { categories: { flaky_test: 2.2, code: -0.4 } },
  timeout: {
    categories: { infrastructure: 0.6, code: 0.4 },
    subCategories: { 'infrastructure.job_timeout': 0.6 },
  },
  failure: { categories: { code: 0.3, flaky_test: 0.3 } },
  log_size: { categories: { code: 0.4, configuration: 0.3, ...NO_CHANCE } },
};

const outside: Meaning = { categories: { infrastructure: 1.4, code: -0.3 } };
const warning: Meaning = {
  categories: { dependency: 0.5, code: 0.4, ...NO_CHANCE },
};

/** Machines make all of it slower. */
const slowerTest: Meaning = {
  categories: { code: 0.9, dependency: 0.2, ...NO_CHANCE },
  subCategories: { 'code.slower': 1 },
};

function meaningOf({ of, metric }: UnusualFigure): Meaning | undefined {
  if (of === 'test') {
    return slowerTest;
  }
  if (of === 'outside') {
    return outside;
  }
  return of === 'log' ? warning : BY_METRIC[metric];
}

/** Whether a figure says something of a failure that its log and history do not say already. */
function isNews({ of, metric }: UnusualFigure): boolean {
  return of === 'outside' || metric === 'queue';
}

function scaled({ categories, subCategories }: Meaning, by: number): Meaning {
  return {
    categories: Object.fromEntries(
      Object.entries(categories).map(([name, weight]) => [name, by * weight]),
    ),
    subCategories,
  };
}

/**
 * Figures that were unusual at the time. Of several of one kind only the first counts: what moves moves many.
 */
export function unusualEvidence(
  unusual: readonly UnusualFigure[] = [],
  isFailure: boolean,
): Evidence[] {
  const found: Evidence[] = [];
  const repositories = Math.max(
    0,
    ...unusual.map(figure => figure.repositories ?? 0),
  );
  if (repositories > 0) {
    // Two may move at one time by chance.
    const strength = Math.min(2.7, 1.1 * repositories - 0.6);
    found.push({
      source: 'figure',
      text: `Figures of ${repositories} other ${
        repositories === 1 ? 'repository' : 'repositories'
      } moved at the same time.`,
      categories: {
        infrastructure: strength,
        code: -0.5 * strength,
        flaky_test: -1,
      },
    });
  }
  const seen = new Set<Meaning>();
  for (const figure of unusual) {
    const meaning = meaningOf(figure);
    if (meaning && !seen.has(meaning) && (!isFailure || isNews(figure))) {
      seen.add(meaning);
      found.push({
        source: 'figure',
        text: figure.sentence,
        ...scaled(meaning, isFailure ? BESIDE_A_FAILURE : 1),
      });
    }
  }
  return found;
}
