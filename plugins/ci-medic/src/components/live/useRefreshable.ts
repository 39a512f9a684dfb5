import { toError } from '@backstage/errors';
import { useCallback, useEffect, useState } from 'react';
import { causeOf } from '../states/causeOf';

/**
 * Something loaded that can be loaded again without being taken off the screen.
 */
export type Refreshable<T> = {
  value?: T;
  /** Why the last request failed; `value` may still hold what an earlier one brought. */
  error?: Error;
  /** A request is under way. */
  isLoading: boolean;
  refresh(): void;
};

/**
 * Loads, and loads again on demand. A new `load` (make it with `useCallback`) drops the value, a refresh keeps it
 * until the new one is there.
 */
export function useRefreshable<T>(
  load: (signal: AbortSignal) => Promise<T>,
): Refreshable<T> {
  const [state, setState] = useState<{
    load: typeof load;
    value?: T;
    error?: Error;
    isLoading: boolean;
  }>({ load, isLoading: true });
  const [round, setRound] = useState(0);

  useEffect(() => {
    const controller = new AbortController();
    const { signal } = controller;
    setState(before => ({
      load,
      value: before.load === load ? before.value : undefined,
      error: before.load === load ? before.error : undefined,
      isLoading: true,
    }));
    load(signal).then(
      value => !signal.aborted && setState({ load, value, isLoading: false }),
      error =>
        !signal.aborted &&
        setState(before => ({
          ...before,
          error: causeOf(toError(error)),
          isLoading: false,
        })),
    );
    return () => controller.abort();
  }, [load, round]);

  const refresh = useCallback(() => setRound(count => count + 1), []);
  return state.load === load
    ? {
        value: state.value,
        error: state.error,
        isLoading: state.isLoading,
        refresh,
      }
    : { isLoading: true, refresh };
}
