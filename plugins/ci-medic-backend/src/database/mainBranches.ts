/** Names of branches that others begin from. */
export const mainBranches = ['main', 'master', 'trunk', 'develop'];
