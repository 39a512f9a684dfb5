/**
 * English texts of loading, empty and failed screens; part of the plugin's translation ref, under `states`.
 */
export const stateMessages = {
  loading: 'Loading',
  retry: 'Try again',
  failed: 'This could not be loaded',
  forbidden: 'You may not see this',
  forbiddenReason:
    'Your permissions do not cover the builds of this entity. Its owner or an administrator of the portal can say more.',
  signedOut: 'Your session has ended',
  signedOutReason: 'Sign in again to see this.',
  notFound: 'This does not exist',
  refused: 'This cannot be answered as it was asked',
  unavailable: 'CI Medic cannot answer at the moment',
  stale: 'This is the last known state: {{message}}',
  page: 'Page {{page}}',
  pageOf_one: 'Page {{page}}, {{count}} in all',
  pageOf_other: 'Page {{page}}, {{count}} in all',
  previousPage: 'Previous page',
  nextPage: 'Next page',
} as const;
