import { LoggerService } from '@backstage/backend-plugin-api';
import { assertError } from '@backstage/errors';
import {
  CiMedicApi,
  finalRemediationStates,
  Remediation,
} from '@ci-medic/plugin-ci-medic-common';
import { setTimeout as pause } from 'timers/promises';

const EVERY_MS = 2_000;

/**
 * Tells what happens to a remediation until nothing follows any more. CI Medic carries it out; this only watches, so
 * that nothing is done twice when the task is run again.
 *
 * @throws Error with the reason when it did not succeed.
 */
export async function followRemediation(options: {
  api: Pick<CiMedicApi, 'getRemediation'>;
  remediationId: string;
  token(): Promise<string>;
  logger: Pick<LoggerService, 'info'>;
  signal?: AbortSignal;
  everyMs?: number;
}): Promise<Remediation> {
  const { api, remediationId, token, logger, signal } = options;
  const told = new Set<string>();
  for (;;) {
    const remediation = await api.getRemediation(
      { remediationId },
      { token: await token(), signal },
    );
    for (const event of remediation.events) {
      if (!told.has(event.id)) {
        told.add(event.id);
        logger.info(`${event.state}: ${event.message}`);
      }
    }
    if (remediation.state === 'succeeded') {
      return remediation;
    }
    if (finalRemediationStates.includes(remediation.state)) {
      throw new Error(
        `It ended as ${remediation.state}: ${remediation.reason}`,
      );
    }
    try {
      await pause(options.everyMs ?? EVERY_MS, undefined, { signal });
    } catch (error) {
      assertError(error);
      throw new Error(
        'The task was stopped. What CI Medic does goes on: stop that in the Incidents tab.',
      );
    }
  }
}
