import { Entity } from '@backstage/catalog-model';
import { ANNOTATION_GITHUB_PROJECT_SLUG } from '@ci-medic/plugin-ci-medic-common';

/**
 * Whether an entity says where it is built, so that its tabs have something to show.
 *
 * @public
 */
export function isCiMedicAvailable(entity: Entity): boolean {
  return Boolean(entity.metadata.annotations?.[ANNOTATION_GITHUB_PROJECT_SLUG]);
}
