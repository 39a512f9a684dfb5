const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const START_HOUR = 7;
const END_HOUR = 17;

/** The moment itself, or the next one in which people work: UTC, Mon to Fri. */
export function nextWorkingMoment(time: number): number {
  let day = Math.floor(time / DAY_MS) * DAY_MS;
  let moment = time;
  for (;;) {
    const weekday = new Date(day).getUTCDay();
    const start = day + START_HOUR * HOUR_MS;
    const end = day + END_HOUR * HOUR_MS;
    if (weekday >= 1 && weekday <= 5 && moment < end) {
      return Math.max(moment, start);
    }
    day += DAY_MS;
    moment = day;
  }
}

/**
 * The moment after so many milliseconds of work.
 *
 * @param time - from then on, in milliseconds since the epoch
 * @param milliseconds - of work: Monday to Friday, 7 to 17 o'clock
 * @param zone - hours that clocks are ahead of UTC there
 *
 * @public
 */
export function afterWork(
  time: number,
  milliseconds: number,
  zone: number = 0,
): number {
  const ahead = zone * HOUR_MS;
  return atHome(time + ahead, milliseconds) - ahead;
}

function atHome(time: number, milliseconds: number): number {
  let moment = nextWorkingMoment(time);
  let left = milliseconds;
  for (;;) {
    const day = Math.floor(moment / DAY_MS) * DAY_MS;
    const rest = day + END_HOUR * HOUR_MS - moment;
    if (left < rest) {
      return moment + left;
    }
    left -= rest;
    moment = nextWorkingMoment(day + END_HOUR * HOUR_MS);
  }
}
