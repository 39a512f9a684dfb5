/** What can be done about an incident, as actions of templates tell it. */
export type Remedy = { action: string; description: string };

/**
 * The treatments of CI Medic. What an action may do is decided by CI Medic when it is asked, not here.
 */
export const remedies: Remedy[] = [
  {
    action: 'rerun',
    description: 'Runs the failed jobs of a run again',
  },
  {
    action: 'fresh-runner',
    description:
      'Takes the suspected runner out of service and runs the failed jobs again on another',
  },
  {
    action: 'rebuild',
    description: 'Deletes the caches of the branch and builds anew',
  },
  {
    action: 'rollback',
    description: 'Deploys the last version that was healthy again',
  },
  {
    action: 'canary',
    description:
      'Runs the suspected commit and its parent some times, apart from everything else',
  },
];
