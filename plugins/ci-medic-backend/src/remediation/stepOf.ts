import { TreatmentStep } from '@ci-medic/plugin-ci-medic-node';
import { StoredRemediation } from './StoredRemediation';

/** What a treatment is told of a remediation. */
export function stepOf(
  row: StoredRemediation,
  signal?: AbortSignal,
): TreatmentStep {
  const { id, target, parameters, planned, stage, traces } = row;
  return {
    remediationId: id,
    ...{ target, parameters, planned, stage, traces, signal },
  };
}
