import { Entity } from '@backstage/catalog-model';
import { InputError } from '@backstage/errors';
import { ScmIntegrations } from '@backstage/integration';
import {
  ANNOTATION_GITHUB_PROJECT_SLUG,
  ANNOTATION_PATHS,
  ANNOTATION_WORKFLOWS,
} from '@ci-medic/plugin-ci-medic-common';
import { CiProject } from '@ci-medic/plugin-ci-medic-node';
import { isRepositorySlug } from './isRepositorySlug';

const MOST_PATTERNS = 200;
const PATTERN_LENGTH = 500;
/** Commas separate patterns and braces can stand for very many; control characters are in no name. */
const UNUSABLE = /[{}\p{Cc}]/u;
const LOCATION = /^url:(.*)$/;

/**
 * Where an entity is built, from its annotations.
 *
 * @throws InputError when one of them is malformed.
 */
export function readProject(
  entity: Entity,
  integrations: ScmIntegrations,
): CiProject | undefined {
  const annotations = entity.metadata.annotations ?? {};
  const slug = annotations[ANNOTATION_GITHUB_PROJECT_SLUG]?.trim();
  if (slug === undefined) {
    return undefined;
  }
  if (!isRepositorySlug(slug)) {
    throw new InputError(
      `${ANNOTATION_GITHUB_PROJECT_SLUG} must be owner/name, not '${slug.slice(
        0,
        200,
      )}'`,
    );
  }
  const host = hostOf(annotations, integrations);
  return {
    ref: { provider: 'github', host, slug },
    workflows: readList(annotations, ANNOTATION_WORKFLOWS),
    paths: readList(annotations, ANNOTATION_PATHS),
  };
}

/** The host that the entity's sources are on; else the first that is configured. */
function hostOf(
  annotations: Record<string, string>,
  integrations: ScmIntegrations,
): string {
  const hosts = integrations.github.list().map(({ title }) => title);
  for (const key of [
    'backstage.io/source-location',
    'backstage.io/managed-by-location',
  ]) {
    const url = LOCATION.exec(annotations[key] ?? '')?.[1];
    if (url && URL.canParse(url) && hosts.includes(new URL(url).host)) {
      return new URL(url).host;
    }
  }
  return hosts[0];
}

function readList(
  annotations: Record<string, string>,
  key: string,
): string[] | undefined {
  if (annotations[key] === undefined) {
    return undefined;
  }
  const patterns = annotations[key]
    .split(',')
    .map(pattern => pattern.trim())
    .filter(Boolean);
  if (patterns.length === 0 || patterns.length > MOST_PATTERNS) {
    throw new InputError(
      `${key} must be a comma-separated list of 1 to ${MOST_PATTERNS} patterns`,
    );
  }
  for (const pattern of patterns) {
    if (pattern.length > PATTERN_LENGTH || UNUSABLE.test(pattern)) {
      throw new InputError(
        `${key} has a pattern that cannot be used: '${pattern.slice(
          0,
          200,
        )}'. Use *, ** and ?, and commas between patterns, not braces.`,
      );
    }
  }
  return patterns;
}
