import { RESOURCE_TYPE_CATALOG_ENTITY } from '@backstage/plugin-catalog-common/alpha';
import { createPermission } from '@backstage/plugin-permission-common';

/**
 * Seeing runs, logs and incidents of a catalog entity. Policies can use the catalog's own rules with it, such as
 * `IS_ENTITY_OWNER`.
 *
 * @public
 */
export const ciMedicReadPermission = createPermission({
  name: 'ci-medic.entity.read',
  attributes: { action: 'read' },
  resourceType: RESOURCE_TYPE_CATALOG_ENTITY,
});

/**
 * Starting and cancelling the reading of an entity's history.
 *
 * @public
 */
export const ciMedicBackfillPermission = createPermission({
  name: 'ci-medic.backfill.manage',
  attributes: { action: 'update' },
  resourceType: RESOURCE_TYPE_CATALOG_ENTITY,
});

/**
 * Seeing the state of the intake and running failed work again.
 *
 * @public
 */
export const ciMedicOperatePermission = createPermission({
  name: 'ci-medic.operate',
  attributes: { action: 'update' },
});

/**
 * All permissions of the plugin.
 *
 * @public
 */
export const ciMedicPermissions = [
  ciMedicReadPermission,
  ciMedicBackfillPermission,
  ciMedicOperatePermission,
];
