import { RunQuery } from '@ci-medic/plugin-ci-medic-common';
import { useCallback, useMemo } from 'react';
import { useSearchParams } from 'react-router-dom';

/** Lengths of the window, in days, that can be chosen. */
export const WINDOW_DAYS = [7, 14, 30, 90];

const DEFAULT_DAYS = 14;

/** What runs can be narrowed to by how they ended. */
export const OUTCOMES = ['failed', 'succeeded', 'running'] as const;

/**
 * What the CI health tab is narrowed to.
 */
export type HealthFilters = {
  days: number;
  branch?: string;
  pipeline?: string;
  outcome?: RunQuery['outcome'];
};

/** Changes to {@link HealthFilters}; an empty text no longer narrows. */
export type HealthFilterChange = Partial<
  Record<keyof HealthFilters, string | number>
>;

/**
 * Keeps the filters in the address, so that a narrowed view can be shared and survives a reload.
 */
export function useHealthFilters(): [
  HealthFilters,
  (change: HealthFilterChange) => void,
] {
  const [search, setSearch] = useSearchParams();
  const filters = useMemo<HealthFilters>(() => {
    const days = Number(search.get('days'));
    return {
      days: WINDOW_DAYS.includes(days) ? days : DEFAULT_DAYS,
      branch: search.get('branch') || undefined,
      pipeline: search.get('pipeline') || undefined,
      outcome: OUTCOMES.find(outcome => outcome === search.get('outcome')),
    };
  }, [search]);

  const change = useCallback(
    (changed: HealthFilterChange) =>
      setSearch(
        before => {
          const after = new URLSearchParams(before);
          for (const [name, value] of Object.entries(changed)) {
            if (!value || (name === 'days' && value === DEFAULT_DAYS)) {
              after.delete(name);
            } else {
              after.set(name, String(value));
            }
          }
          return after;
        },
        { replace: true },
      ),
    [setSearch],
  );
  return [filters, change];
}
