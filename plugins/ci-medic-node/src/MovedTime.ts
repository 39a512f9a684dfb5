/**
 * Time that somebody moves by hand, so that weeks pass in minutes: for simulations.
 *
 * @remarks
 *
 * Without one CI Medic goes by the clock of its database, and what is to be done regularly is left to the scheduler.
 *
 * @public
 */
export interface MovedTime {
  /** Epoch milliseconds. They never become less. */
  now(): number;
  /**
   * Called once, when the backend is ready.
   *
   * @param catchUp - does all that is due by now, and resolves when nothing is left. Time may only be moved when it has
   *   resolved: a lease that runs out meanwhile is lost.
   */
  attach(catchUp: () => Promise<void>): void;
}
