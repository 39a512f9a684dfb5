import { Page } from '@ci-medic/plugin-ci-medic-common';
import { useCallback, useState } from 'react';
import { Refreshable, useRefreshable } from './useRefreshable';

type Load<T> = (
  cursor: string | undefined,
  signal: AbortSignal,
) => Promise<Page<T>>;

const NO_CURSORS: string[] = [];

/**
 * A list, a page at a time.
 */
export type Pages<T> = Refreshable<Page<T>> & {
  /** Counts from 1. */
  pageNumber: number;
  /** Undefined on the last page. */
  showNext?: () => void;
  /** Undefined on the first page. */
  showPrevious?: () => void;
};

/**
 * Loads a list a page at a time; a new `load` (make it with `useCallback`) begins at the first page. Cursors only lead
 * forward, so the way back is remembered.
 */
export function usePages<T>(load: Load<T>): Pages<T> {
  const [trail, setTrail] = useState<{ load: Load<T>; cursors: string[] }>({
    load,
    cursors: NO_CURSORS,
  });
  const cursors = trail.load === load ? trail.cursors : NO_CURSORS;
  const cursor = cursors.at(-1);
  const page = useRefreshable(
    useCallback((signal: AbortSignal) => load(cursor, signal), [load, cursor]),
  );
  const next = page.value?.nextCursor;
  return {
    ...page,
    pageNumber: cursors.length + 1,
    showNext: next
      ? () => setTrail({ load, cursors: [...cursors, next] })
      : undefined,
    showPrevious:
      cursors.length > 0
        ? () => setTrail({ load, cursors: cursors.slice(0, -1) })
        : undefined,
  };
}
