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
 * Asking for a remediation of an entity's pipelines, such as a rerun. Besides it, one has to be an owner of the entity.
 *
 * @public
 */
export const ciMedicRemediatePermission = createPermission({
  name: 'ci-medic.remediation.request',
  attributes: { action: 'update' },
  resourceType: RESOURCE_TYPE_CATALOG_ENTITY,
});

/**
 * Agreeing to a plan for an entity, or rejecting it. Besides it, one has to be an owner of the entity.
 *
 * @public
 */
export const ciMedicApprovePermission = createPermission({
  name: 'ci-medic.remediation.approve',
  attributes: { action: 'update' },
  resourceType: RESOURCE_TYPE_CATALOG_ENTITY,
});

/**
 * Saying whether the diagnosis of an entity's incident is right. Besides it, one has to be an owner of the entity.
 *
 * @public
 */
export const ciMedicFeedbackPermission = createPermission({
  name: 'ci-medic.feedback.give',
  attributes: { action: 'update' },
  resourceType: RESOURCE_TYPE_CATALOG_ENTITY,
});

/**
 * Muting the messages about an entity's incident for a while. Besides it, one has to be an owner of the entity.
 *
 * @public
 */
export const ciMedicMutePermission = createPermission({
  name: 'ci-medic.alert.mute',
  attributes: { action: 'update' },
  resourceType: RESOURCE_TYPE_CATALOG_ENTITY,
});

/**
 * Using the kill switch and changing the modes of remediations, and seeing all decisions.
 *
 * @public
 */
export const ciMedicControlPermission = createPermission({
  name: 'ci-medic.remediation.control',
  attributes: { action: 'update' },
});

/**
 * Writing notes into playbooks. Besides it, one has to be an owner of an entity that the playbook is about.
 *
 * @public
 */
export const ciMedicEditPlaybookPermission = createPermission({
  name: 'ci-medic.playbook.edit',
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
 * Reading the metrics endpoint, which tells figures of all repositories. For the token of a Prometheus server.
 *
 * @public
 */
export const ciMedicMetricsPermission = createPermission({
  name: 'ci-medic.metrics.read',
  attributes: { action: 'read' },
});

/**
 * Changing what people hear of unusual figures of an entity. Besides it, one has to be an owner of the entity.
 *
 * @public
 */
export const ciMedicAnomalySettingsPermission = createPermission({
  name: 'ci-medic.anomaly-settings.manage',
  attributes: { action: 'update' },
  resourceType: RESOURCE_TYPE_CATALOG_ENTITY,
});

/**
 * All permissions of the plugin.
 *
 * @public
 */
export const ciMedicPermissions = [
  ciMedicReadPermission,
  ciMedicBackfillPermission,
  ciMedicRemediatePermission,
  ciMedicApprovePermission,
  ciMedicFeedbackPermission,
  ciMedicMutePermission,
  ciMedicControlPermission,
  ciMedicOperatePermission,
  ciMedicMetricsPermission,
  ciMedicAnomalySettingsPermission,
];
