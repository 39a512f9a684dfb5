import { AuthService } from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import { CiMedicApi } from '@ci-medic/plugin-ci-medic-common';
import { stringify } from 'yaml';
import { followRemediation } from '../followRemediation';
import { Remedy } from '../remedies';
import { requestRemediation } from '../requestRemediation';
import { tokenOf } from '../tokenOf';

type Options = Remedy & {
  api: Pick<
    CiMedicApi,
    'getIncident' | 'getRemediation' | 'listRemediations' | 'requestRemediation'
  >;
  auth: AuthService;
  everyMs?: number;
};

/**
 * Asks CI Medic, as the person who started the task, to do something about an incident, and watches until it ended. CI
 * Medic checks who asks, decides, and does it at most once, however often the task is run.
 */
export function createRemediateAction(options: Options) {
  const { action, description, api, auth, everyMs } = options;
  const id = `ci-medic:remediate:${action}`;
  return createTemplateAction({
    id,
    description,
    examples: [
      {
        description: `${description}, of the latest run of an incident`,
        example: stringify({
          steps: [
            {
              id: 'remediate',
              name: description,
              action: id,
              input: { incidentId: '${{ parameters.incidentId }}' },
            },
          ],
        }),
      },
    ],
    supportsDryRun: true,
    schema: {
      input: {
        incidentId: z => z.string({ description: 'Id of the incident' }),
        runId: z =>
          z
            .string({ description: 'The failed run; the latest by default' })
            .optional(),
        attempt: z =>
          z
            .number({
              description: 'The failed attempt; the latest by default',
            })
            .int()
            .positive()
            .optional(),
        waitMinutes: z =>
          z
            .number({
              description:
                'How long to wait for others to agree, in minutes; 30 by default',
            })
            .min(0)
            .max(55)
            .optional(),
      },
      output: {
        remediationId: z => z.string({ description: 'Id of what was done' }),
        state: z => z.string({ description: 'How it ended' }),
        newAttempt: z =>
          z.number({ description: 'The attempt that it led to' }).optional(),
      },
    },
    async handler(ctx) {
      const { incidentId, waitMinutes = 30 } = ctx.input;
      const token = async () =>
        tokenOf(auth, await ctx.getInitiatorCredentials());
      const { incident, occurrences } = await api.getIncident(
        { incidentId },
        { token: await token(), signal: ctx.signal },
      );
      const runId = ctx.input.runId ?? occurrences[0]?.runId;
      const attempt =
        ctx.input.attempt ??
        occurrences.find(occurrence => occurrence.runId === runId)?.attempt;
      if (runId === undefined || attempt === undefined) {
        throw new InputError(
          'No such run of the incident is kept: leave runId and attempt out to take the latest',
        );
      }
      const wanted = { incidentId, action, runId, attempt };
      ctx.logger.info(`${description}: ${incident.title}`);
      if (ctx.isDryRun) {
        const { options: offered } = await api.listRemediations(
          { incidentId },
          { token: await token(), signal: ctx.signal },
        );
        const option = offered.find(
          one => one.action === action && one.runId === runId,
        );
        ctx.logger.info(
          option && !option.allowed
            ? `It would be refused: ${option.reason}`
            : 'It would be asked for; CI Medic decides at that moment',
        );
        return;
      }
      const remediationId = await ctx.checkpoint({
        key: `${id}:${incidentId}:${runId}:${attempt}`,
        fn: () =>
          requestRemediation({
            ...{ api, wanted, token, everyMs },
            ...{ logger: ctx.logger, signal: ctx.signal },
            waitMs: waitMinutes * 60_000,
          }),
      });
      ctx.output('remediationId', remediationId);
      const remediation = await followRemediation({
        ...{ api, remediationId, token, everyMs },
        ...{ logger: ctx.logger, signal: ctx.signal },
      });
      ctx.output('state', remediation.state);
      ctx.output('newAttempt', remediation.newAttempt);
    },
  });
}
