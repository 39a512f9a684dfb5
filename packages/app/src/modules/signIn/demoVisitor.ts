const STORAGE_KEY = 'ci-medic:demo-visitor';

/** As whom the visitor of this browser comes in, remembered until signing out. */
export const demoVisitor = {
  read: () => window.localStorage.getItem(STORAGE_KEY) ?? undefined,
  remember: (user: string) => window.localStorage.setItem(STORAGE_KEY, user),
  forget: () => window.localStorage.removeItem(STORAGE_KEY),
};
