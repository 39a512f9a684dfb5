import { toError } from '@backstage/errors';
import { useState } from 'react';
import { causeOf } from '../states';

/**
 * Changes something on demand, and keeps why it failed.
 */
export function useChange(onChange: () => void): {
  isPending: boolean;
  error?: Error;
  /** Returns whether it worked. */
  run(change: () => Promise<unknown>): Promise<boolean>;
} {
  const [isPending, setIsPending] = useState(false);
  const [error, setError] = useState<Error>();
  const run = async (change: () => Promise<unknown>) => {
    setIsPending(true);
    setError(undefined);
    try {
      await change();
      return true;
    } catch (e) {
      setError(causeOf(toError(e)));
      return false;
    } finally {
      setIsPending(false);
      onChange();
    }
  };
  return { isPending, error, run };
}
