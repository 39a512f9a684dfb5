import { useSignal } from '@backstage/plugin-signals-react';
import { useEffect, useRef } from 'react';

/** How often to ask when nobody tells us. */
const POLL_MILLISECONDS = 30_000;

/** Signals are best effort: even with them, ask now and then. */
const RECHECK_MILLISECONDS = 300_000;

/** A busy portal changes many times a second: asking more often helps nobody. */
const REST_MILLISECONDS = 3_000;

/**
 * Calls back when something may have changed: on a signal of the backend, and now and then while the page is visible.
 */
export function useUpdates(options: {
  channel: 'ci-medic:runs' | 'ci-medic:incidents' | 'ci-medic:playbooks';
  /** Only changes of this run or incident. */
  id?: string;
  onUpdate(): void;
}): void {
  const { channel, id, onUpdate } = options;
  const { lastSignal, isSignalsAvailable } = useSignal<{ ids?: string[] }>(
    channel,
  );
  const latest = useRef(onUpdate);
  latest.current = onUpdate;
  const rest = useRef<{
    timer?: ReturnType<typeof setTimeout>;
    again?: boolean;
  }>({});

  useEffect(() => {
    const concerned = !id || !lastSignal?.ids || lastSignal.ids.includes(id);
    if (!lastSignal || !concerned) {
      return;
    }
    const state = rest.current;
    if (state.timer) {
      state.again = true;
      return;
    }
    const tell = () => {
      state.again = false;
      latest.current();
      state.timer = setTimeout(() => {
        state.timer = undefined;
        if (state.again) {
          tell();
        }
      }, REST_MILLISECONDS);
    };
    tell();
  }, [lastSignal, id]);

  useEffect(() => {
    const state = rest.current;
    return () => {
      clearTimeout(state.timer);
      state.timer = undefined;
    };
  }, []);

  useEffect(() => {
    const timer = setInterval(
      () => {
        if (document.visibilityState !== 'hidden') {
          latest.current();
        }
      },
      isSignalsAvailable ? RECHECK_MILLISECONDS : POLL_MILLISECONDS,
    );
    return () => clearInterval(timer);
  }, [isSignalsAvailable]);
}
