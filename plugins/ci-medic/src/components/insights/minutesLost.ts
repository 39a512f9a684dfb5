import { Loss } from '@ci-medic/plugin-ci-medic-common';

/** Minutes of runners and people together. */
export function minutesLost(
  losses: Pick<Loss, 'runnerMinutes' | 'developerMinutes'>[],
): number {
  return losses.reduce(
    (sum, { runnerMinutes, developerMinutes }) =>
      sum + runnerMinutes + developerMinutes,
    0,
  );
}
