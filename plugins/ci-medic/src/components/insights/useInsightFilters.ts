import {
  FailureCategory,
  failureCategorySchema,
} from '@ci-medic/plugin-ci-medic-common';
import { useCallback, useMemo } from 'react';
import { useSearchParams } from 'react-router-dom';

/** Lengths of the window, in days, that can be chosen. */
export const INSIGHT_DAYS = [28, 90, 182, 364];

const DEFAULT_DAYS = 90;

/** What the page of trends is narrowed to. */
export type InsightFilters = {
  days: number;
  owner?: string;
  system?: string;
  /** Of the causes that are listed. */
  category?: FailureCategory;
};

/**
 * Keeps the filters in the address, so that a narrowed view can be shared and survives a reload.
 */
export function useInsightFilters(): [
  InsightFilters,
  (change: Partial<Record<keyof InsightFilters, string>>) => void,
] {
  const [search, setSearch] = useSearchParams();
  const filters = useMemo<InsightFilters>(() => {
    const days = Number(search.get('days'));
    return {
      days: INSIGHT_DAYS.includes(days) ? days : DEFAULT_DAYS,
      owner: search.get('owner') || undefined,
      system: search.get('system') || undefined,
      category: failureCategorySchema.safeParse(search.get('category')).data,
    };
  }, [search]);
  const change = useCallback(
    (changed: Partial<Record<keyof InsightFilters, string>>) =>
      setSearch(
        before => {
          const after = new URLSearchParams(before);
          for (const [name, value] of Object.entries(changed)) {
            if (value) {
              after.set(name, value);
            } else {
              after.delete(name);
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
