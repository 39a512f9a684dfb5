import { Explanation } from '@ci-medic/plugin-ci-medic-common';
import { toError } from '@backstage/errors';
import { useApi } from '@backstage/frontend-plugin-api';
import { useCallback, useEffect, useState } from 'react';
import { ciMedicApiRef } from '../../api';

/**
 * The explanation of a job's failure.
 */
export function useExplanation(options: {
  jobId: string;
  /** False where there is none to ask for. */
  enabled: boolean;
}): { explanation?: Explanation; error?: Error; retry(): void } {
  const { jobId, enabled } = options;
  const api = useApi(ciMedicApiRef);
  const [state, setState] = useState<{
    explanation?: Explanation;
    error?: Error;
  }>({});
  const [attempt, setAttempt] = useState(0);

  useEffect(() => {
    if (!enabled) {
      return undefined;
    }
    const controller = new AbortController();
    const { signal } = controller;
    setState({});
    api.getExplanation({ jobId }, { signal }).then(
      explanation => !signal.aborted && setState({ explanation }),
      error => !signal.aborted && setState({ error: toError(error) }),
    );
    return () => controller.abort();
  }, [api, jobId, enabled, attempt]);

  return { ...state, retry: useCallback(() => setAttempt(n => n + 1), []) };
}
