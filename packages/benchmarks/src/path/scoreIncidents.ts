import { mean, shareInterval } from '../logs/intervals';
import { JudgedIncident } from './readIncidents';

type Share = { value: number; interval: [number, number]; n: number };

const BINS = 10;

const rounded = (value: number) => Math.round(value * 1_000) / 1_000;

function share(hits: number, n: number): Share | undefined {
  if (n === 0) {
    return undefined;
  }
  const [low, high] = shareInterval(hits, n);
  return {
    value: rounded(hits / n),
    interval: [rounded(low), rounded(high)],
    n,
  };
}

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
    with_model: share(
      known.filter(({ diagnosis }) => diagnosis!.model).length,
      n,
    ),
    by_cause: byCause,
    category_right: share(right, n),
    right_of_decided: share(right, decided.length),
    unknown: share(unknown, n),
    calibration_error: rounded(calibrationError(decided, isRight)),
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

/** The guilty commit among the suspects, where there is one; and nobody, where nobody is guilty. */
function scoreSuspects(known: JudgedIncident[]) {
  const guilty = known.filter(({ cause, rootCause }) => {
    const isOwn = ['regression', 'configuration'].includes(cause!.kind);
    return rootCause && isOwn && cause!.commit;
  });
  const rank = ({ cause, rootCause }: JudgedIncident) =>
    rootCause!.suspects.findIndex(
      ({ commitSha }) => commitSha === cause!.commit!.sha,
    );
  const upstream = known.filter(
    ({ cause, rootCause }) => rootCause && cause!.upstream,
  );
  const names = ({ cause, rootCause }: JudgedIncident) =>
    rootCause!.suspects.some(
      ({ entityRef, package: changed }) =>
        entityRef === cause!.upstream ||
        (changed && cause!.upstream!.endsWith(changed.name.split('/').pop()!)),
    );
  const flaky = known.filter(
    ({ cause, rootCause }) => rootCause && cause!.kind === 'flaky_test',
  );
  const isAt = (most: number) => (judged: JudgedIncident) =>
    rank(judged) >= 0 && rank(judged) < most;
  return {
    commit_first: share(guilty.filter(isAt(1)).length, guilty.length),
    commit_in_five: share(guilty.filter(isAt(5)).length, guilty.length),
    upstream_named: share(upstream.filter(names).length, upstream.length),
    nobody_flaky: share(
      flaky.filter(({ rootCause }) => rootCause!.verdict === 'nobody').length,
      flaky.length,
    ),
  };
}

/** 1 is best. Incidents that were joined to another count, too. */
function perCause(known: JudgedIncident[]): { mean: number; n: number } {
  const counts = new Map<string, number>();
  for (const { cause } of known) {
    counts.set(cause!.id, (counts.get(cause!.id) ?? 0) + 1);
  }
  return { mean: rounded(mean([...counts.values()])), n: counts.size };
}
