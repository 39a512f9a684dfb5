import { recognizeLockfile } from '@ci-medic/lockfiles';
import { FailureCategory } from '@ci-medic/plugin-ci-medic-common';

const WORKFLOW =
  /^\.github\/(?:workflows|actions)\/|^\.gitlab-ci\.ya?ml$|^\.gitlab\/|^\.circleci\/|^\.buildkite\/|(?:^|\/)Jenkinsfile$|^azure-pipelines\.ya?ml$|^bitbucket-pipelines\.yml$/;
const MANIFEST =
  /(?:^|\/)(?:package\.json|pyproject\.toml|setup\.(?:py|cfg)|go\.(?:mod|sum)|Cargo\.toml|pom\.xml|build\.gradle(?:\.kts)?|libs\.versions\.toml|Gemfile(?:\.lock)?|composer\.(?:json|lock))$/;
const HARMLESS =
  /\.(?:md|mdx|rst|adoc|txt|png|jpe?g|svg|gif)$|(?:^|\/)(?:docs?|__snapshots__)\/|\.snap$|(?:^|\/)(?:LICEN[CS]E|CODEOWNERS|NOTICE)$/i;
const CONFIGURATION =
  /\.(?:ya?ml|toml|ini|cfg|conf|properties|env|json|tf)$|(?:^|\/)(?:Dockerfile|Makefile|\.env)[\w.-]*$/;

/** Whether a file says how builds run. */
export function isWorkflowFile(path: string): boolean {
  return WORKFLOW.test(path);
}

/** Whether a file says which packages are used. */
export function isDependencyFile(path: string): boolean {
  return MANIFEST.test(path) || recognizeLockfile(path) !== undefined;
}

/** Whether changing a file breaks no build: documentation, pictures, snapshots. */
export function isHarmlessFile(path: string): boolean {
  return !isDependencyFile(path) && HARMLESS.test(path);
}

/** Which kinds of failure a change of a file brings. */
export function categoriesOf(path: string): FailureCategory[] {
  if (isWorkflowFile(path)) {
    return ['configuration'];
  }
  if (isDependencyFile(path)) {
    return ['dependency', 'configuration'];
  }
  return CONFIGURATION.test(path) ? ['configuration', 'code'] : ['code'];
}
