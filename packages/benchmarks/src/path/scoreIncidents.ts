import { Figure, figureOf, rounded, shareOf } from '../logs/figures';
import { mean } from '../logs/intervals';
import { JudgedIncident } from './readIncidents';

const BINS = 10;

/** How right the diagnoses and suspects are, by hidden cause. */
export function scoreIncidents(all: JudgedIncident[]): object {
  const known = all.filter(({ cause, diagnosis }) => cause && diagnosis);
  const isRight = ({ cause, diagnosis }: JudgedIncident) =>
    diagnosis!.category === cause!.category;
  const isUnknown = ({ diagnosis }: JudgedIncident) =>
    diagnosis!.category === 'unknown';
  const count = (list: JudgedIncident[]) => {
    const right = list.filter(isRight).length;
    const unknown = list.filter(isUnknown).length;
    return {
      n: list.length,
      ...{ right, unknown, wrong: list.length - right - unknown },
    };
  };
  const kinds = [...new Set(known.map(({ cause }) => cause!.kind))].sort();
  const byCause = Object.fromEntries(
    kinds.map(kind => [
      kind,
      count(known.filter(({ cause }) => cause!.kind === kind)),
    ]),
  );
  const { n, right, unknown } = count(known);
  const decided = known.filter(each => !isUnknown(each));
  return {
    incidents: all.length,
    without_cause: all.filter(({ cause }) => !cause).length,
    without_diagnosis: all.filter(({ diagnosis }) => !diagnosis).length,
    with_model: shareOf(
      known.filter(({ diagnosis }) => diagnosis!.model).length,
      n,
    ),
    by_cause: byCause,
    category_right: shareOf(right, n),
    right_of_decided: shareOf(right, decided.length),
    unknown: shareOf(unknown, n),
    calibration_error: {
      ...figureOf(decided, drawn => calibrationError(drawn, isRight)),
      said: rounded(
        mean(decided.map(({ diagnosis }) => diagnosis!.confidence)),
      ),
    },
    ...scoreSuspects(known),
    incidents_per_cause: perCause(known),
  };
}

/** Expected calibration error (Naeini et al., AAAI 2015) in ten bins of the same width. */
function calibrationError(
  decided: JudgedIncident[],
  isRight: (judged: JudgedIncident) => boolean,
): number {
  const bins = Array.from({ length: BINS }, () => [] as JudgedIncident[]);
  for (const judged of decided) {
    const { confidence } = judged.diagnosis!;
    bins[Math.min(BINS - 1, Math.floor(confidence * BINS))].push(judged);
  }
  return bins
    .filter(bin => bin.length > 0)
    .reduce((sum, bin) => {
      const said = mean(bin.map(({ diagnosis }) => diagnosis!.confidence));
      const was = mean(bin.map(each => (isRight(each) ? 1 : 0)));
      return sum + (bin.length / decided.length) * Math.abs(said - was);
    }, 0);
}

/** The guilty commit or upstream entity among the suspects; and nobody, where nobody is guilty. */
function scoreSuspects(known: JudgedIncident[]) {
  const explained = known.filter(({ rootCause }) => rootCause);
  const own = explained.filter(({ suspected }) =>
    ['regression', 'configuration'].includes(suspected!.kind),
  );
  const guilty = [...own, ...explained.filter(one => one.suspected!.upstream)];
  const flaky = explained.filter(
    ({ suspected }) => suspected!.kind === 'flaky_test',
  );
  const within = (list: JudgedIncident[], most: number, hasGraph = true) =>
    shareOf(
      list.filter(judged => {
        const rank = rankOfGuilty(judged, hasGraph);
        return rank >= 0 && rank < most;
      }).length,
      list.length,
    );
  return {
    suspects: {
      first: within(guilty, 1),
      in_five: within(guilty, 5),
      own_commit_first: within(own, 1),
      own_commit_in_five: within(own, 5),
      without_catalog_graph: {
        first: within(guilty, 1, false),
        in_five: within(guilty, 5, false),
      },
      // Nothing passed before them that is known, so that nothing can be compared.
      without_range: own.filter(({ rootCause }) => !rootCause!.range).length,
    },
    nobody_flaky: shareOf(
      flaky.filter(({ rootCause }) => rootCause!.verdict === 'nobody').length,
      flaky.length,
    ),
  };
}

/** Where the guilty one stands, from 0; -1 where it is not named. */
function rankOfGuilty(judged: JudgedIncident, hasGraph: boolean): number {
  const { suspected: cause, rootCause, guiltyTitle } = judged;
  return rootCause!.suspects
    .filter(({ kind }) => hasGraph || kind !== 'upstream')
    .findIndex(({ commitSha, title, entityRef, package: changed }) =>
      cause!.upstream
        ? entityRef === cause!.upstream ||
          (changed && cause!.upstream.endsWith(changed.name.split('/').pop()!))
        : commitSha === cause!.commit!.sha ||
          // The same change, brought to the main branch as a commit of its own.
          (guiltyTitle && title.replace(/ \(#\d+\)$/, '') === guiltyTitle),
    );
}

/** 1 is best. Incidents that were joined to another count, too. */
function perCause(known: JudgedIncident[]): Figure | undefined {
  const counts = new Map<string, number>();
  for (const { cause } of known) {
    counts.set(cause!.id, (counts.get(cause!.id) ?? 0) + 1);
  }
  return figureOf([...counts.values()], mean);
}
