import { IncidentState } from '@ci-medic/plugin-ci-medic-common';
import { useCallback, useMemo } from 'react';
import { useSearchParams } from 'react-router-dom';

/**
 * What the list of incidents is narrowed to.
 */
export type IncidentFilters = {
  state: IncidentState | 'all';
  branch?: string;
  pipeline?: string;
  text?: string;
};

/**
 * Keeps the filters in the address, so that a narrowed list can be shared and survives a reload. Open incidents are
 * the default and not written.
 */
export function useIncidentFilters(): [
  IncidentFilters,
  (change: Partial<IncidentFilters>) => void,
] {
  const [search, setSearch] = useSearchParams();
  const filters = useMemo<IncidentFilters>(() => {
    const state = search.get('state');
    return {
      state: state === 'resolved' || state === 'all' ? state : 'open',
      branch: search.get('branch') || undefined,
      pipeline: search.get('pipeline') || undefined,
      text: search.get('text') || undefined,
    };
  }, [search]);

  const change = useCallback(
    (changed: Partial<IncidentFilters>) =>
      setSearch(
        before => {
          const after = new URLSearchParams(before);
          for (const [name, value] of Object.entries(changed)) {
            if (!value || (name === 'state' && value === 'open')) {
              after.delete(name);
            } else {
              after.set(name, value);
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
