import { LogLine, LogPage } from '@ci-medic/plugin-ci-medic-common';
import { useApi } from '@backstage/frontend-plugin-api';
import { toError } from '@backstage/errors';
import { useCallback, useEffect, useRef, useState } from 'react';
import { ciMedicApiRef } from '../../api';

/** Lines asked for at once. */
export const LOG_PAGE_LINES = 500;

/** Lines kept: enough to read and search in, few enough for the browser to lay out without a pause. */
export const LOG_WINDOW_LINES = 2_000;

/**
 * The part of a log that is loaded: a stretch of consecutive lines.
 */
export type LogWindow = {
  lines: LogLine[];
  totalLines: number;
  /** Lines between these two are not stored, apart from those around errors. */
  omitted?: LogPage['omitted'];
  /** What is being loaded; undefined while nothing is. */
  pending?: 'page' | 'earlier' | 'later';
  /** Why the last request failed. */
  error?: Error;
};

/**
 * Reads a log of any length a page at a time, and forgets the far end once {@link LOG_WINDOW_LINES} are loaded.
 */
export function useLogWindow(jobId: string): LogWindow & {
  /** Replaces what is loaded by the page around a line. */
  showAround(line: number): void;
  showEarlier(): void;
  showLater(): void;
  /** Repeats the last request. */
  retry(): void;
} {
  const api = useApi(ciMedicApiRef);
  const [state, setState] = useState<LogWindow>({ lines: [], totalLines: 0 });
  const request = useRef<AbortController>();
  const repeat = useRef<() => void>();

  const load = useCallback(
    async (
      pending: NonNullable<LogWindow['pending']>,
      from: number,
      limit: number,
    ) => {
      request.current?.abort();
      const controller = new AbortController();
      request.current = controller;
      const { signal } = controller;
      repeat.current = () => load(pending, from, limit);
      setState(before => ({ ...before, pending, error: undefined }));
      try {
        let page = await api.getLog({ jobId, from, limit }, { signal });
        if (
          page.lines.length === 0 &&
          page.totalLines > 0 &&
          pending === 'page'
        ) {
          const last = Math.max(1, page.totalLines - limit + 1);
          page = await api.getLog({ jobId, from: last, limit }, { signal });
        }
        const end = from + limit;
        if (
          pending === 'earlier' &&
          page.omitted &&
          (page.lines[0]?.number ?? end) >= end
        ) {
          // Nothing is stored there: go on before the gap.
          const before = Math.max(1, page.omitted.from - LOG_PAGE_LINES);
          page = await api.getLog(
            { jobId, from: before, limit: page.omitted.from - before },
            { signal },
          );
        }
        if (!signal.aborted) {
          setState(before => ({
            totalLines: page.totalLines,
            omitted: page.omitted,
            lines: joinLines(before.lines, page.lines, pending),
          }));
        }
      } catch (error) {
        if (!signal.aborted) {
          setState(before => ({
            ...before,
            pending: undefined,
            error: toError(error),
          }));
        }
      }
    },
    [api, jobId],
  );

  useEffect(() => {
    setState({ lines: [], totalLines: 0 });
    return () => request.current?.abort();
  }, [load]);

  const first = state.lines[0]?.number ?? 1;
  const last = state.lines.at(-1)?.number ?? 0;
  return {
    ...state,
    showAround: useCallback(
      line =>
        load('page', Math.max(1, line - LOG_PAGE_LINES / 2), LOG_PAGE_LINES),
      [load],
    ),
    showEarlier: useCallback(() => {
      const from = Math.max(1, first - LOG_PAGE_LINES);
      load('earlier', from, first - from);
    }, [load, first]),
    showLater: useCallback(
      () => load('later', last + 1, LOG_PAGE_LINES),
      [load, last],
    ),
    retry: useCallback(() => repeat.current?.(), []),
  };
}

function joinLines(
  loaded: LogLine[],
  page: LogLine[],
  pending: NonNullable<LogWindow['pending']>,
): LogLine[] {
  switch (pending) {
    case 'earlier':
      return [
        ...page.filter(line => line.number < (loaded[0]?.number ?? Infinity)),
        ...loaded,
      ].slice(0, LOG_WINDOW_LINES);
    case 'later':
      return [...loaded, ...page].slice(-LOG_WINDOW_LINES);
    default:
      return page;
  }
}
