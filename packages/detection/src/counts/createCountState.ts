import { CountState } from './types';

/**
 * The state of a series without events. A template that is seen for the first time has not been there in any run before:
 * `unseen` is their number.
 *
 * @public
 */
export function createCountState(
  options: { unseen?: number } = {},
): CountState {
  return {
    version: 1,
    count: options.unseen ?? 0,
    lastSeq: -1,
    seen: false,
    window: { seqs: [], ats: [], values: [] },
  };
}
