const LONGEST = 100;

/**
 * Which runners are alike: those with the same labels, in whatever order. A runner without labels is known by its group.
 *
 * @public
 */
export function runnerClassOf(
  labels: string[],
  group: string | undefined,
): string {
  const names = labels.length > 0 ? labels : [group ?? ''];
  const known = names
    .map(name => name.trim().toLocaleLowerCase('en-US'))
    .filter(Boolean);
  return [...new Set(known)].sort().join(', ').slice(0, LONGEST) || 'unknown';
}
