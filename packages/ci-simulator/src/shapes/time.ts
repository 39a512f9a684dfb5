/** A time as GitHub writes it: to the second, in UTC. */
export function githubTime(milliseconds: number): string {
  return new Date(milliseconds).toISOString().replace(/\.\d+Z$/, 'Z');
}
