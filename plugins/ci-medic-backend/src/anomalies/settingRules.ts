import { AnomalySetting, SeriesMetric } from '@ci-medic/plugin-ci-medic-common';
import { Finding } from '@ci-medic/detection';
import { metricDetectors } from './metricDetectors';

/** What holds where nobody says otherwise. People hear of what they wait for; the rest they find when they look. */
const told: Partial<Record<SeriesMetric, number>> = {
  duration: 0.1,
  queue: 0.5,
  failure: 0,
  flip: 0,
  timeout: 0,
};

/** Figures from outside explain incidents and make none, so nobody is told of them. */
const shown: Partial<Record<SeriesMetric, number>> = { value: 0.2 };

/** Metrics that are judged, each with what holds by default. */
export const defaultSettings: AnomalySetting[] = Object.keys(
  metricDetectors,
).map(key => {
  const metric = key as SeriesMetric;
  return {
    metric,
    mode: metric in told ? 'tell' : 'quiet',
    leastChange: told[metric] ?? shown[metric] ?? 0.1,
    certainty: 'normal',
  };
});

/** What is asked of a score when only what is beyond doubt is wanted, by its measure. */
const highCertainty: Record<Finding['measure'], number> = {
  t: 10,
  tail: 4.5,
  odds: 8,
};

/** Why a finding is not shown under a setting; `undefined` when it is. */
export function hiddenBy(
  setting: AnomalySetting,
  finding: Finding,
): string | undefined {
  if (setting.mode === 'off') {
    return 'The settings leave out this metric';
  }
  if (Math.abs(finding.change ?? Infinity) < setting.leastChange) {
    return 'The settings leave out changes that are this small';
  }
  if (
    setting.certainty === 'high' &&
    finding.score < highCertainty[finding.measure]
  ) {
    return 'The settings ask for more certainty';
  }
  return undefined;
}

/** What decides whether an anomaly is worth telling, besides settings. */
export type Tellable = {
  finding: Pick<Finding, 'kind' | 'stage' | 'direction'>;
  metric: SeriesMetric;
  branchClass?: string;
};

/** Why an anomaly is shown only, and nobody is told; `undefined` when it is worth telling. */
export function quietBecause(
  anomaly: Tellable,
  setting: AnomalySetting,
  finding: Finding,
): string | undefined {
  const hidden = hiddenBy(setting, finding);
  if (hidden) {
    return hidden;
  }
  if (setting.mode === 'quiet') {
    return 'The settings say that nobody is told of this metric';
  }
  const { kind, stage, direction } = anomaly.finding;
  if (stage === 'note') {
    return 'It is not confirmed yet';
  }
  if (kind === 'spike' || kind === 'novel') {
    return 'It is a single run';
  }
  if (direction === 'down' && anomaly.metric !== 'value') {
    return 'It became better';
  }
  if (anomaly.branchClass === 'other') {
    return 'It is not on a main branch';
  }
  return undefined;
}
