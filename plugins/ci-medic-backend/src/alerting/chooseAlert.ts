import { Entity } from '@backstage/catalog-model';
import { ANNOTATION_ALERTS } from '@ci-medic/plugin-ci-medic-common';
import { AlertConfig, AlertScope, isAlertScope } from './AlertConfig';

/** Of which incidents of an entity people are told, and where that is said. */
export function scopeOf(
  entity: Entity,
  config: AlertConfig,
): { scope: AlertScope; because: string } {
  const text = entity.metadata.annotations?.[ANNOTATION_ALERTS]?.trim();
  if (text === undefined) {
    return {
      scope: config.scope,
      because: `The portal's default, because the entity has no annotation ${ANNOTATION_ALERTS}`,
    };
  }
  return isAlertScope(text)
    ? { scope: text, because: `The annotation ${ANNOTATION_ALERTS} says so` }
    : {
        scope: config.scope,
        because: `The portal's default, because the annotation ${ANNOTATION_ALERTS} is none of all, main and none`,
      };
}

/** Whether an incident is over, or was when it became known. */
export function isHistory(
  incident: { state: string; lastSeenAt: number },
  config: AlertConfig,
  now: number,
): boolean {
  return (
    incident.state !== 'open' || now - incident.lastSeenAt > config.maxAgeMs
  );
}

/**
 * Whether people are told of an incident that they have not heard of yet.
 */
export function isWorthTelling(options: {
  incident: { state: string; lastSeenAt: number; branches: string[] };
  scope: AlertScope;
  config: AlertConfig;
  /** Epoch milliseconds. */
  now: number;
}): boolean {
  const { incident, scope, config, now } = options;
  if (isHistory(incident, config, now)) {
    return false;
  }
  switch (scope) {
    case 'none':
      return false;
    case 'main':
      return incident.branches.some(branch =>
        config.mainBranches.includes(branch),
      );
    default:
      return true;
  }
}
