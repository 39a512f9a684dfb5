import { TreatmentFacts } from '@ci-medic/plugin-ci-medic-node';
import { RemediationStore } from './RemediationStore';
import { StoredRemediation } from './StoredRemediation';

/** A stage is done: on to the next, or to its outcome. */
export async function happened(
  store: RemediationStore,
  from: StoredRemediation,
  trace: TreatmentFacts,
  reason: string,
): Promise<void> {
  const stage = from.stage + 1;
  const isLast = stage >= from.stages.length;
  const count = from.stages.length;
  await store.move({
    from,
    to: isLast ? 'verifying' : 'approved',
    reason: count > 1 ? `${reason}: step ${stage} of ${count}` : reason,
    set: {
      ...{ stage, traces: [...from.traces, trace] },
      ...(!isLast && { tries: 0 }),
      ...(typeof trace.attempt === 'number' && { newAttempt: trace.attempt }),
    },
  });
}
