import { LoggerService } from '@backstage/backend-plugin-api';
import { isError } from '@backstage/errors';
import { CiMedicApi } from '@ci-medic/plugin-ci-medic-common';
import { setTimeout as pause } from 'timers/promises';

const EVERY_MS = 5_000;

/**
 * Asks for something to be done, and waits until others agreed where that is needed.
 *
 * @returns the id of the remediation
 * @throws Error when nobody agreed in time; the plan stays, and can be agreed to in the Incidents tab.
 */
export async function requestRemediation(options: {
  api: Pick<CiMedicApi, 'listRemediations' | 'requestRemediation'>;
  wanted: {
    incidentId: string;
    action: string;
    runId: string;
    attempt: number;
  };
  token(): Promise<string>;
  logger: Pick<LoggerService, 'info'>;
  signal?: AbortSignal;
  waitMs: number;
  everyMs?: number;
}): Promise<string> {
  const { api, wanted, token, logger, signal, waitMs } = options;
  try {
    const { id } = await api.requestRemediation(wanted, {
      token: await token(),
      signal,
    });
    return id;
  } catch (error) {
    if (!isConflict(error)) {
      throw error;
    }
    logger.info(
      'It is planned. Others have to agree first, in the Incidents tab or in their chat.',
    );
  }
  const { incidentId, action, runId, attempt } = wanted;
  const everyMs = options.everyMs ?? EVERY_MS;
  for (let waitedMs = 0; waitedMs <= waitMs; waitedMs += everyMs) {
    const { items } = await api.listRemediations(
      { incidentId },
      { token: await token(), signal },
    );
    const begun = items.find(
      item =>
        item.action === action &&
        item.runId === runId &&
        item.attempt === attempt,
    );
    if (begun) {
      return begun.id;
    }
    await pause(everyMs, undefined, { signal });
  }
  throw new Error(
    'Nobody agreed in time. The plan can still be agreed to in the Incidents tab.',
  );
}

function isConflict(error: unknown): boolean {
  const { cause } = error as { cause?: unknown };
  return [error, cause].some(
    one => isError(one) && one.name === 'ConflictError',
  );
}
