import { Wording } from '@ci-medic/detection';
import {
  SeriesMetric,
  seriesMetricSchema,
} from '@ci-medic/plugin-ci-medic-common';
import { advanceSeries, SeriesState } from './advanceSeries';
import { foldFindings } from './foldFindings';
import { FoundAnomaly } from './FoundAnomaly';
import { JudgedSubject, nameOf } from './JudgedSubject';
import { detectorsOf } from './metricDetectors';
import { SeriesEvent } from './SeriesEvent';

/** What detectors remember of all series of a subject. */
export type SubjectState = Partial<Record<SeriesMetric, SeriesState>>;

/** What came of judging a subject. */
export type SubjectJudgement = {
  /** As it was after the events that are settled now. */
  state: SubjectState;
  found: FoundAnomaly[];
};

/**
 * Judges the series of a subject. Events that may still change are looked at each time anew, from the state before them.
 *
 * @param options.settling - events that will not change any more, in order
 * @param options.fresh - the ones after them
 * @param options.earlier - some of those that were settled before, so that findings can name their runs
 */
export function judgeSubject(options: {
  subject: JudgedSubject;
  state: SubjectState;
  earlier: SeriesEvent[];
  settling: SeriesEvent[];
  fresh: SeriesEvent[];
}): SubjectJudgement {
  const { subject, earlier, settling, fresh } = options;
  const events = [...earlier, ...settling, ...fresh];
  const shas = new Map(events.map(({ seq, commitSha }) => [seq, commitSha]));
  const state: SubjectState = {};
  const found: FoundAnomaly[] = [];
  for (const metric of seriesMetricSchema.options) {
    const detectors = detectorsOf(metric, subject.kind);
    if (!detectors) {
      continue;
    }
    const isSource = subject.kind === 'source';
    const wording: Wording = {
      name: isSource
        ? nameOf(subject)
        : `${nameOf(subject)}: ${detectors.name}`,
      unit: detectors.unit ?? subject.unit,
      event: isSource ? 'point' : 'run',
      describe: seq => shas.get(seq)?.slice(0, 7),
    };
    const advance = (from: SeriesState, list: SeriesEvent[]) =>
      advanceSeries(from, valuesOf(list, metric), { detectors, wording });
    const settled = advance(options.state[metric] ?? {}, settling);
    state[metric] = settled.state;
    const rest = advance(settled.state, fresh);
    const findings = [...settled.findings, ...rest.findings];
    found.push(...foldFindings(findings, metric, events));
  }
  return { state, found };
}

function valuesOf(events: SeriesEvent[], metric: SeriesMetric) {
  return events.flatMap(({ seq, at, values }) => {
    const value = values[metric];
    return value === undefined ? [] : [{ seq, at, value }];
  });
}
