/** What in an address belongs to one run and not to the list that it was reached from. */
const OF_RUN = ['attempt', 'tests'];

/**
 * The query of the address without what belongs to one run, so that the filters of the list survive.
 */
export function overviewSearch(search: string): string {
  const kept = new URLSearchParams(search);
  for (const name of OF_RUN) {
    kept.delete(name);
  }
  return kept.size > 0 ? `?${kept}` : '';
}
