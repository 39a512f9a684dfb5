import { LogSketch } from '../types';

/** A failed log of which somebody said which lines explain the failure. */
export type LabelledLog = {
  id: string;
  /** Logs of one group are alike, so that all or none of them are learned from. */
  group: string;
  bytes: Buffer;
  passing?: LogSketch;
  lines: Set<number>;
  /** How much each of its lines counts. */
  weight: number;
};
