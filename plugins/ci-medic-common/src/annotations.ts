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

/**
 * Catalog annotation that says of which incidents the owners of an entity are told: `all`, `main` (only what happens on
 * main branches) or `none`.
 *
 * @public
 */
export const ANNOTATION_ALERTS = 'ci-medic.io/alerts';

/**
 * Catalog label (or annotation) that says how important an entity is, such as `1`. Policies and modes of remediations
 * read it.
 *
 * @public
 */
export const LABEL_TIER = 'ci-medic.io/tier';

/**
 * Catalog annotation of an entity or a group that says in which Slack channel its owners are told, as a name or an id.
 *
 * @public
 */
export const ANNOTATION_SLACK_CHANNEL = 'ci-medic.io/slack-channel';
