/** Branches that count as main where `ciMedic.alerts.mainBranches` does not say. */
export const usualMainBranches = ['main', 'master', 'trunk'];

/** Branches that others begin from: those that count as main, and one from which they are merged into it. */
export function originsOf(mainBranches: string[]): string[] {
  return [...mainBranches, 'develop'];
}
