import { useSyncExternalStore } from 'react';

/** How exact "3 minutes ago" has to be. */
const TICK_MILLISECONDS = 30_000;

const listeners = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | undefined;
let now = Date.now();

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  if (!timer) {
    now = Date.now();
    timer = setInterval(() => {
      now = Date.now();
      for (const tell of listeners) {
        tell();
      }
    }, TICK_MILLISECONDS);
  }
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) {
      clearInterval(timer);
      timer = undefined;
    }
  };
}

/**
 * The time in epoch milliseconds, refreshed now and then; one clock for all that is on the screen.
 */
export function useNow(): number {
  return useSyncExternalStore(subscribe, () => now);
}
