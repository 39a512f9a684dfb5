import { AuthService } from '@backstage/backend-plugin-api';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import { CiMedicApi } from '@ci-medic/plugin-ci-medic-common';
import { followRemediation } from '../followRemediation';
import { tokenOf } from '../tokenOf';

/**
 * Watches a remediation that CI Medic began by itself, so that it has a page and a log like any task.
 */
export function createFollowAction(options: {
  api: Pick<CiMedicApi, 'getRemediation'>;
  auth: AuthService;
  everyMs?: number;
}) {
  const { api, auth, everyMs } = options;
  return createTemplateAction({
    id: 'ci-medic:remediate:follow',
    description: 'Watches a remediation until it ended',
    examples: [
      {
        description: 'Watch what CI Medic does',
        example: [
          'steps:',
          '  - id: follow',
          '    name: Watch',
          '    action: ci-medic:remediate:follow',
          '    input:',
          '      remediationId: ${{ parameters.remediationId }}',
        ].join('\n'),
      },
    ],
    supportsDryRun: true,
    schema: {
      input: {
        remediationId: z => z.string({ description: 'Id of the remediation' }),
      },
      output: {
        state: z => z.string({ description: 'How it ended' }),
        newAttempt: z =>
          z.number({ description: 'The attempt that it led to' }).optional(),
      },
    },
    async handler(ctx) {
      const { remediationId } = ctx.input;
      if (ctx.isDryRun) {
        ctx.logger.info(`Would watch the remediation ${remediationId}`);
        return;
      }
      const remediation = await followRemediation({
        ...{ api, remediationId, everyMs },
        token: async () => tokenOf(auth, await auth.getOwnServiceCredentials()),
        logger: ctx.logger,
        signal: ctx.signal,
      });
      ctx.output('state', remediation.state);
      ctx.output('newAttempt', remediation.newAttempt);
    },
  });
}
