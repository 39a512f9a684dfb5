import {
  BackstageCredentials,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import { NotFoundError } from '@backstage/errors';
import {
  AuthorizeResult,
  ResourcePermission,
} from '@backstage/plugin-permission-common';
import {
  ciMedicControlPermission,
  Occurrence,
} from '@ci-medic/plugin-ci-medic-common';
import { CiMedicDatabase } from '../database';
import { IncidentReader } from '../incidents';
import { EntityAccess } from './EntityAccess';
import { EntityOwnership } from './EntityOwnership';

type Options = {
  access: EntityAccess;
  database: CiMedicDatabase;
  incidents: IncidentReader;
  ownership: EntityOwnership;
  permissions: PermissionsService;
};

/**
 * Decides what of remediations a caller sees and may do: it hangs on the entities that the run concerns.
 */
export class RemediationAccess {
  readonly #options: Options;

  constructor(options: Options) {
    this.#options = options;
  }

  /** What of an incident the caller sees. */
  async seen(
    credentials: BackstageCredentials,
    incidentId: string,
  ): Promise<{ entityRefs: string[]; occurrences: Occurrence[] }> {
    const { access, incidents } = this.#options;
    const incident = await incidents.get(incidentId);
    const entityRefs = await access.readable(credentials, incident.entityRefs);
    const occurrences = await incidents.occurrences(incidentId, entityRefs);
    return { entityRefs, occurrences };
  }

  /**
   * @throws NotFoundError when the caller does not see the run.
   */
  async requireSeen(
    credentials: BackstageCredentials,
    of: { incidentId: string; runId: string },
  ): Promise<string[]> {
    const { entityRefs, occurrences } = await this.seen(
      credentials,
      of.incidentId,
    );
    if (!occurrences.some(({ runId }) => runId === of.runId)) {
      throw new NotFoundError('There is no such remediation');
    }
    return entityRefs;
  }

  /** Why the caller may not act on a run; `undefined` when they may. */
  async refusal(
    credentials: BackstageCredentials,
    runId: string,
    entityRefs: string[],
    permission: ResourcePermission,
  ): Promise<string | undefined> {
    return this.#options.ownership.refusal(
      credentials,
      await this.#entitiesOf(runId, entityRefs),
      permission,
    );
  }

  /**
   * @throws NotAllowedError with the reason.
   */
  async require(
    credentials: BackstageCredentials,
    of: { incidentId: string; runId: string },
    permission: ResourcePermission,
  ): Promise<void> {
    const { entityRefs } = await this.seen(credentials, of.incidentId);
    await this.#options.ownership.require(
      credentials,
      await this.#entitiesOf(of.runId, entityRefs),
      permission,
    );
  }

  async mayControl(credentials: BackstageCredentials): Promise<boolean> {
    const [{ result }] = await this.#options.permissions.authorize(
      [{ permission: ciMedicControlPermission }],
      { credentials },
    );
    return result === AuthorizeResult.ALLOW;
  }

  /** Which of the entities that the caller sees a run belongs to. */
  #entitiesOf(runId: string, entityRefs: string[]): Promise<string[]> {
    return this.#options.database
      .knex('run_entities')
      .where({ run_id: runId })
      .whereIn('entity_ref', entityRefs)
      .pluck('entity_ref');
  }
}
