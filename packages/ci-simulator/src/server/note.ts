import { LedgerEntry } from '../engine/Ledger';
import { ApiRequest, ServerContext } from './ApiRoute';

/** Writes into the ledger what a request has changed beside runs. */
export function note(
  request: ApiRequest,
  context: ServerContext,
  action: string,
  details: Record<string, unknown>,
): LedgerEntry {
  const { owner, repo, org } = request.parameters;
  return context.ledger.add({
    ...{ action, details, client: request.client, fault: request.fault },
    repository: owner ? `${owner}/${repo}` : org,
    simulatedAt: new Date(context.timeline.now()).toISOString(),
  });
}
