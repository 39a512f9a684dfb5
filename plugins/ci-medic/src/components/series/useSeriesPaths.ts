import { entityCiHealthRouteRef } from '../../routes';
import { useTabPath } from '../links';

/**
 * Paths of the pages on series and tests in the CI health tab of this entity.
 */
export function useSeriesPaths() {
  const base = useTabPath(entityCiHealthRouteRef) ?? '';
  return {
    overview: base || '.',
    series: `${base}/series`,
    tests: `${base}/tests`,
    settings: `${base}/anomaly-settings`,
    seriesOf: (subjectId: string, metric: string) =>
      `${base}/series/${encodeURIComponent(subjectId)}/${metric}`,
    test: (testId: string) => `${base}/tests/${encodeURIComponent(testId)}`,
    run: (runId: string) => `${base}/runs/${encodeURIComponent(runId)}`,
  };
}
