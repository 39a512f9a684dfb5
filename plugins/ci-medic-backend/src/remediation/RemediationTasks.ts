import { AuthService, LoggerService } from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';
import type { ScaffolderService } from '@backstage/plugin-scaffolder-node';
import { CiMedicDatabase, writeText } from '../database';

type Options = {
  auth: AuthService;
  database: CiMedicDatabase;
  logger: LoggerService;
  scaffolder: Pick<ScaffolderService, 'scaffold'>;
};

const TEMPLATE = 'template:default/ci-medic-follow';
const MAX_AGE_MS = 3_600_000;
const BATCH = 20;

/**
 * Gives what is done automatically a task of the scaffolder, which has a page and a log. The task only watches: a portal
 * without the scaffolder, or without the template, treats failures all the same.
 */
export class RemediationTasks {
  readonly #options: Options;
  #isTold = false;

  constructor(options: Options) {
    this.#options = options;
  }

  async run(): Promise<void> {
    const { database } = this.#options;
    const since = (await database.now()) - MAX_AGE_MS;
    const rows = await database
      .knex('remediations')
      .leftJoin(
        'remediation_tasks',
        'remediation_tasks.remediation_id',
        'remediations.id',
      )
      .whereNull('remediation_tasks.remediation_id')
      .where('remediations.requested_at', '>=', since)
      .where('remediations.requested_by', 'not like', 'user:%')
      .orderBy('remediations.requested_at')
      .limit(BATCH)
      .select(
        'remediations.id',
        'remediations.incident_id',
        'remediations.action',
        'remediations.reason',
      );
    for (const row of rows) {
      await this.#show(row);
    }
  }

  async #show(row: {
    id: string;
    incident_id: string;
    action: string;
    reason: string;
  }) {
    const { auth, database, logger, scaffolder } = this.#options;
    // Before the call: two replicas show it once, and one that cannot be shown is not tried for ever.
    const claimed = await database
      .knex('remediation_tasks')
      .insert({ remediation_id: row.id, at: database.nowExpression() })
      .onConflict('remediation_id')
      .ignore()
      .returning('remediation_id');
    if (claimed.length === 0) {
      return;
    }
    const mark = (values: object) =>
      database
        .knex('remediation_tasks')
        .where({ remediation_id: row.id })
        .update(values);
    try {
      const { taskId } = await scaffolder.scaffold(
        {
          templateRef: TEMPLATE,
          values: {
            remediationId: row.id,
            incidentId: row.incident_id,
            ...{ action: row.action, because: row.reason },
          },
        },
        { credentials: await auth.getOwnServiceCredentials() },
      );
      await mark({ task_id: taskId });
    } catch (error) {
      const problem = toError(error).message;
      await mark({ problem: writeText(problem, 1_000) });
      if (!this.#isTold) {
        this.#isTold = true;
        logger.info(
          `What is done automatically has no task in the scaffolder: ${problem}. Add the templates of CI Medic and the module of the scaffolder to have them`,
        );
      }
    }
  }
}
