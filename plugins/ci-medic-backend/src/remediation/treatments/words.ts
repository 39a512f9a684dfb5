const MOST_NAMES = 10;

/** Names of some things, not too many. */
export function namesOf(things: { name: string }[]): string {
  const names = things.slice(0, MOST_NAMES).map(({ name }) => name);
  return [...names, ...(things.length > MOST_NAMES ? ['…'] : [])].join(', ');
}

/** A cost in words. */
export function describeCost(minutes: number | undefined): string {
  if (minutes === undefined) {
    return 'As many runner minutes as the jobs took. How many is not known.';
  }
  const whole = Math.max(1, Math.round(minutes));
  return minutes === 0
    ? 'No runner minutes.'
    : `About ${whole} runner ${
        whole === 1 ? 'minute' : 'minutes'
      }: that is what it took.`;
}
