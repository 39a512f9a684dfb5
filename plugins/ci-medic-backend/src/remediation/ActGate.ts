import { StoredRemediation } from './StoredRemediation';

/** Asked just before something is done. */
export interface ActGate {
  /** The cause that it is done against, or why it may not be done. */
  admit(
    row: StoredRemediation,
  ): Promise<{ causeId: string } | { refusal: string }>;
}
