import { ConflictError } from '@backstage/errors';
import {
  CiEffects,
  TreatmentContext,
  TreatmentTarget,
} from '@ci-medic/plugin-ci-medic-node';

/** Parts of the effects that not every CI system has. */
type Part = 'runners' | 'caches' | 'workflows' | 'deployments' | 'refs';

const words: Record<Part, string> = {
  runners: 'take runners out of service',
  caches: 'delete caches',
  workflows: 'start workflows',
  deployments: 'look at deployments',
  refs: 'make branches',
};

/**
 * What can be done in the CI system of a target.
 *
 * @throws ConflictError when nothing can.
 */
export function effectsOf(
  { provider }: TreatmentContext,
  { project }: TreatmentTarget,
): CiEffects {
  const system = provider(project.provider);
  if (!system.effects) {
    throw new ConflictError(
      `${system.title} does not let CI Medic do anything`,
    );
  }
  return system.effects;
}

/**
 * A part of it.
 *
 * @throws ConflictError when the system does not have it.
 */
export function partOf<P extends Part>(
  context: TreatmentContext,
  target: TreatmentTarget,
  part: P,
): NonNullable<CiEffects[P]> {
  const found = effectsOf(context, target)[part];
  if (!found) {
    const { title } = context.provider(target.project.provider);
    throw new ConflictError(`${title} does not let CI Medic ${words[part]}`);
  }
  return found as NonNullable<CiEffects[P]>;
}
