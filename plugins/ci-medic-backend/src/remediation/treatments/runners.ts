import {
  TreatmentFacts,
  TreatmentTarget,
} from '@ci-medic/plugin-ci-medic-node';

/** A runner whose labels are changed. */
export type RunnerParameters = TreatmentFacts & {
  /** Its name. */
  runner: string;
  runnerId: string;
  labels: string[];
};

/** Whether labels are the same, in whatever order. */
export function sameLabels(left: string[], right: string[]): boolean {
  return (
    left.length === right.length && left.every(label => right.includes(label))
  );
}

/** A runner in words. */
export function describeRunner(
  { runner, labels }: RunnerParameters,
  { project }: TreatmentTarget,
): string {
  return `Runner ${runner} (${labels.join(', ')}), which works for ${
    project.slug
  }`;
}
