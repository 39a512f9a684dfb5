import { AuditorService } from '@backstage/backend-plugin-api';
import {
  ConflictError,
  InputError,
  NotAllowedError,
  NotFoundError,
} from '@backstage/errors';
import {
  Diagnosis,
  Feedback,
  FeedbackInput,
  feedbackInputSchema,
} from '@ci-medic/plugin-ci-medic-common';
import { randomUUID } from 'crypto';
import { Knex } from 'knex';
import { ChangeFeed } from '../changes';
import { CiMedicDatabase, readJson, stableId } from '../database';
import { diagnosisRun, workFor, WorkQueue } from '../work';
import { FeedbackStore } from './FeedbackStore';

type Options = {
  auditor: AuditorService;
  changes: ChangeFeed;
  database: CiMedicDatabase;
  queue: WorkQueue;
  store: FeedbackStore;
};

type Said = {
  incidentId: string;
  input: FeedbackInput;
  actor: string;
  /** Where it was said. */
  via: string;
  /** The same when it is said again, such as by a click that arrives twice. */
  pressId?: string;
};

const DAY_MS = 24 * 3_600_000;
/** Nobody judges more of them by hand. */
const MOST_A_DAY = 100;

/**
 * Takes what people say of diagnoses, and takes it back. Whether they may is checked by who calls, at that moment. What is
 * said of a failure counts at once for all that have its fingerprint.
 */
export class FeedbackRequests {
  readonly #options: Options;

  constructor(options: Options) {
    this.#options = options;
  }

  /**
   * @throws InputError when it contradicts itself, NotFoundError without such an incident, ConflictError when there is no
   * diagnosis to judge, NotAllowedError when somebody said too much in a day.
   */
  async give(said: Said): Promise<Feedback> {
    const { database, store } = this.#options;
    const { incidentId, actor, via, pressId } = said;
    const input = checkInput(said.input);
    const id = pressId ? stableId('feedback', pressId) : randomUUID();
    const before = await store.find(id);
    if (before) {
      return before;
    }
    return this.#audited('feedback-give', { ...said, input }, async () => {
      if ((await store.countBy(actor, DAY_MS)) >= MOST_A_DAY) {
        throw new NotAllowedError(
          `More than ${MOST_A_DAY} verdicts a day are not taken from one person`,
        );
      }
      await database.transaction(async knex => {
        const incident = await knex('incidents')
          .where({ id: incidentId })
          .first('project_id', 'fingerprint');
        if (!incident) {
          throw new NotFoundError(`There is no incident ${incidentId}`);
        }
        const diagnosis = await currentDiagnosis(knex, incidentId);
        const isKnown = diagnosis && diagnosis.category !== 'unknown';
        if (!isKnown && input.verdict === 'right') {
          throw new ConflictError('There is no diagnosis to confirm');
        }
        const isNew = await store.add(knex, {
          ...{ id, incidentId, actor, via, input, diagnosis },
          projectId: incident.project_id,
          fingerprint: incident.fingerprint,
        });
        if (isNew) {
          await this.#diagnoseAgain(knex, incidentId, incident.project_id);
        }
      });
      return (await store.find(id))!;
    });
  }

  /**
   * @throws NotFoundError when it was never said, ConflictError when it was taken back already.
   */
  async undo(id: string, actor: string): Promise<Feedback> {
    const { database, store } = this.#options;
    const found = await store.find(id);
    if (!found) {
      throw new NotFoundError(`There is no feedback ${id}`);
    }
    const { incidentId, verdict } = found;
    return this.#audited(
      'feedback-undo',
      { incidentId, actor, via: 'portal', input: { verdict } },
      async () => {
        await database.transaction(async knex => {
          if (!(await store.undo(knex, id, actor))) {
            throw new ConflictError('It was taken back already');
          }
          const incident = await knex('incidents')
            .where({ id: incidentId })
            .first('project_id');
          if (incident) {
            await this.#diagnoseAgain(knex, incidentId, incident.project_id);
          }
        });
        return (await store.find(id))!;
      },
    );
  }

  async #diagnoseAgain(
    knex: Knex.Transaction,
    incidentId: string,
    projectId: string,
  ) {
    const { changes, queue } = this.#options;
    const work = workFor(diagnosisRun, { incidentId }, { lane: projectId });
    await queue.enqueue(knex, work);
    changes.announceAfter(knex, 'ci-medic:incidents', incidentId);
  }

  async #audited<T>(
    eventId: string,
    { incidentId, actor, via, input }: Said,
    work: () => Promise<T>,
  ): Promise<T> {
    const event = await this.#options.auditor.createEvent({
      eventId,
      severityLevel: 'medium',
      meta: { incidentId, actor, via, verdict: input.verdict },
    });
    try {
      const result = await work();
      await event.success();
      return result;
    } catch (error) {
      await event.fail({ error: error as Error });
      throw error;
    }
  }
}

function checkInput(input: FeedbackInput): FeedbackInput {
  const parsed = feedbackInputSchema.safeParse(input);
  if (!parsed.success) {
    throw new InputError('That is no feedback', parsed.error);
  }
  const { verdict, category, subCategory } = parsed.data;
  if (verdict !== 'wrong' && (category || subCategory)) {
    throw new InputError('Only what is wrong has another category');
  }
  if (subCategory && !subCategory.startsWith(`${category}.`)) {
    throw new InputError('The sub-category is not one of the category');
  }
  return parsed.data;
}

async function currentDiagnosis(
  knex: Knex.Transaction,
  incidentId: string,
): Promise<Diagnosis | undefined> {
  const row = await knex('diagnoses')
    .where({ incident_id: incidentId })
    .orderBy('version', 'desc')
    .first('body');
  return readJson<Diagnosis>(row?.body);
}
