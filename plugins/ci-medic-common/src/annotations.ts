/**
 * Catalog annotation that says in which GitHub repository an entity is built, as `owner/name`.
 *
 * @public
 */
export const ANNOTATION_GITHUB_PROJECT_SLUG = 'github.com/project-slug';

/**
 * Catalog annotation that narrows a repository to the pipelines of one entity: a comma-separated list of workflow
 * names or workflow file names, `*` and `?` allowed.
 *
 * @public
 */
export const ANNOTATION_WORKFLOWS = 'ci-medic.io/workflows';

/**
 * Catalog annotation that narrows a repository to the runs of one entity: a comma-separated list of globs, of which
 * the changed files of a run must match at least one.
 *
 * @public
 */
export const ANNOTATION_PATHS = 'ci-medic.io/paths';
