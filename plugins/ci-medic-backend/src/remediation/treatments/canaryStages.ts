/** Who is compared. */
export const sides = ['suspect', 'parent'] as const;

/** One effect of a canary. */
export type CanaryStage = {
  does: 'create' | 'dispatch' | 'delete';
  side: (typeof sides)[number];
  /** Counts the runs of a side. */
  number: number;
};

/** All effects of a canary in their order: both sides take turns, so that nothing that changes meanwhile favours one. */
export function canaryStages(times: number): CanaryStage[] {
  const of = (does: CanaryStage['does'], number = 0) =>
    sides.map(side => ({ does, side, number }));
  return [
    ...of('create'),
    ...Array.from({ length: times }, (_, index) =>
      of('dispatch', index + 1),
    ).flat(),
    ...of('delete'),
  ];
}

/** In words. */
export function describeStage(
  { does, side, number }: CanaryStage,
  { branch, workflow }: { branch: Record<string, string>; workflow: string },
): string {
  switch (does) {
    case 'create':
      return `Make the branch ${branch[side]}`;
    case 'delete':
      return `Delete the branch ${branch[side]}`;
    default:
      return `Run ${workflow} at the ${side}, ${number}`;
  }
}
