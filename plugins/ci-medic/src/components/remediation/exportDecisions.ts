import {
  CiMedicApi,
  RemediationDecision,
} from '@ci-medic/plugin-ci-medic-common';
import { toCsv } from '../insights/toCsv';

const MOST_ROWS = 5_000;
const PAGE = 100;

/**
 * All decisions that fit, newest first, as comma-separated values; at most 5,000.
 */
export async function exportDecisions(
  api: Pick<CiMedicApi, 'listDecisions'>,
  query: { result?: RemediationDecision['result']; action?: string },
): Promise<string> {
  const rows: RemediationDecision[] = [];
  let cursor: string | undefined;
  do {
    const page = await api.listDecisions({ ...query, cursor, limit: PAGE });
    rows.push(...page.items);
    cursor = page.nextCursor;
  } while (cursor && rows.length < MOST_ROWS);
  return toCsv(rows, {
    id: ({ id }) => id,
    at: ({ at }) => at,
    moment: ({ moment }) => moment,
    result: ({ result }) => result,
    action: ({ action }) => action,
    mode: ({ mode }) => mode,
    actor: ({ actor }) => actor,
    incident: ({ incidentId }) => incidentId,
    plan: ({ planId }) => planId,
    entities: ({ entityRefs }) => entityRefs.join(' '),
    reasons: ({ reasons }) => reasons.join('; '),
    gates: ({ gates }) =>
      gates.map(({ gate, result }) => `${gate} ${result}`).join('; '),
    policy: ({ policyRevision }) => policyRevision,
    input: ({ input }) => JSON.stringify(input),
  });
}
