import { toError } from '@backstage/errors';
import {
  AlertActionInput,
  AlertActionResult,
  FeedbackInput,
} from '@ci-medic/plugin-ci-medic-common';
import { CiMedicDatabase } from '../database';
import { alertsPlan, workFor, WorkQueue } from '../work';
import { AlertActionStore, StoredAction } from './AlertActionStore';
import { AlertAudit } from './AlertAudit';
import { AlertFacts } from './AlertFacts';
import { AlertPorts, Person } from './AlertPorts';
import { AlertStore, StoredAlert } from './AlertStore';
import { formatTime } from './formatTime';

const MUTE_MS = 24 * 3_600_000;

/** Errors that say no; anything else is a fault and may be tried again. */
const refusing = [
  'NotAllowedError',
  'NotFoundError',
  'ConflictError',
  'InputError',
];

type Options = {
  database: CiMedicDatabase;
  queue: WorkQueue;
  facts: AlertFacts;
  alerts: AlertStore;
  actions: AlertActionStore;
  audit: AlertAudit;
  ports: AlertPorts;
};

/** Somebody presses a button. */
export type Press = {
  /** Names the press; when it is carried out again nothing happens twice. */
  pressId: string;
  actionId: string;
  /** `backstage`, or the id of a channel. */
  via: string;
  /** Who pressed it, in the terms of that place. */
  person: string;
  /** The same person as Backstage knows them now. */
  credentials: Person;
  input?: AlertActionInput;
};

/** Says no with a reason for people. */
class Refusal extends Error {
  name = 'NotAllowedError';
}

/**
 * Carries out the buttons of messages. It makes no difference where they are pressed: a button is good once and for a
 * while, and who presses it needs the permission and an entity of theirs at this moment.
 */
export class AlertPresses {
  readonly #options: Options;

  constructor(options: Options) {
    this.#options = options;
  }

  /** Never throws for what is refused; every press is accounted for. */
  async press(press: Press): Promise<AlertActionResult> {
    const { actions, alerts, audit } = this.#options;
    const { pressId, actionId, via, person, credentials } = press;
    const settled = await audit.find(pressId);
    if (settled) {
      return settled;
    }
    const action = await actions.find(actionId);
    const alert = action && (await alerts.find(action.alertId));
    const actor = credentials.principal.userEntityRef;
    const account = {
      ...{ pressId, via, person, actor },
      actionId: action?.id,
      alertId: action?.alertId,
      incidentId: action?.incidentId,
      kind: action?.kind,
    };
    try {
      const message = await this.#carryOut(press, action, alert);
      return await audit.add({ ...account, outcome: 'done', message });
    } catch (e) {
      const error = toError(e);
      if (!refusing.includes(error.name)) {
        throw error;
      }
      const { message } = error;
      return await audit.add({ ...account, outcome: 'refused', message });
    } finally {
      if (alert) {
        await this.#replan(alert);
      }
    }
  }

  async #carryOut(
    press: Press,
    action: StoredAction | undefined,
    alert: StoredAlert | undefined,
  ): Promise<string> {
    const { actions, database, ports } = this.#options;
    const { pressId, credentials, via } = press;
    if (!action || !alert) {
      throw new Refusal('This button is not known, or its incident is gone');
    }
    if (via !== 'backstage' && via !== alert.channel) {
      throw new Refusal('This button belongs to another message');
    }
    const isMine = action.usedFor === pressId;
    if (action.usedFor && !isMine) {
      throw new Refusal(`${action.usedBy} has pressed this button already`);
    }
    if (!isMine && action.expiresAt <= (await database.now())) {
      throw new Refusal('This button has expired; the message gets a new one');
    }
    const refusal = await ports.refusal(
      credentials,
      alert.message.entityRefs,
      action.kind,
    );
    if (refusal) {
      throw new Refusal(refusal);
    }
    const actor = credentials.principal.userEntityRef;
    if (!(await actions.use(action.id, { pressId, actor }))) {
      throw new Refusal('Somebody else has pressed this button already');
    }
    try {
      return await this.#do(action, alert, press);
    } catch (error) {
      if (refusing.includes(toError(error).name)) {
        await actions.giveBack(action.id, pressId);
      }
      throw error;
    }
  }

  async #do(
    { kind, incidentId, plan }: StoredAction,
    { id, message }: StoredAlert,
    { credentials, input, pressId, via }: Press,
  ): Promise<string> {
    const { alerts, database, facts, ports } = this.#options;
    const actor = credentials.principal.userEntityRef;
    if (kind === 'rerun') {
      const latest = await facts.latestFailure(incidentId, message.entityRefs);
      if (!latest) {
        throw new Refusal('There is no failed run any more');
      }
      const { runId, attempt, run } = latest;
      const { isNew } = await ports.rerun({
        ...{ incidentId, runId, attempt, requestedBy: actor },
      });
      const name = run === undefined ? 'the run' : `run ${run}`;
      return isNew
        ? `The failed jobs of ${name} are run again`
        : `The failed jobs of ${name} were run again already`;
    }
    if (kind === 'approve') {
      const { id: planId, hash } = plan!;
      return ports.approve({ planId, hash, person: actor });
    }
    if (kind === 'mute') {
      const until = (await database.now()) + MUTE_MS;
      await alerts.mute(id, { until, by: actor });
      return `Nothing new is told here until ${formatTime(until)}`;
    }
    const said = feedbackOf(kind, input);
    if (!ports.feedback) {
      throw new Refusal('Nobody asks whether diagnoses are right here');
    }
    await ports.feedback({ incidentId, input: said, actor, via, pressId });
    return kind === 'right'
      ? 'Noted that the diagnosis is right'
      : 'Noted that the diagnosis is wrong';
  }

  /** The message shows what came of it, and gets new buttons for those that are used up. */
  async #replan({ id, incidentId }: StoredAlert): Promise<void> {
    const { alerts, database, queue } = this.#options;
    await database.transaction(async knex => {
      await alerts.outdate(knex, id);
      await queue.enqueue(knex, workFor(alertsPlan, { incidentId }));
    });
  }
}

function feedbackOf(
  kind: 'right' | 'wrong',
  input: AlertActionInput = {},
): FeedbackInput {
  if (kind === 'right') {
    return { verdict: 'right' };
  }
  const { notAnIncident, category, ...rest } = input;
  if (notAnIncident) {
    return { ...rest, verdict: 'not_an_incident' };
  }
  if (!category) {
    throw new Refusal('Say which category would be right');
  }
  return { ...rest, verdict: 'wrong', category };
}
