import { ExecutionStatus } from '@ci-medic/plugin-ci-medic-common';

const ranks: Record<ExecutionStatus, number> = {
  queued: 0,
  in_progress: 1,
  completed: 2,
};

/** Position of a state in the order in which states follow each other. */
export function rankOf(status: ExecutionStatus): number {
  return ranks[status];
}
