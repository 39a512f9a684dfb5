import {
  BackendFeature,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { afterWork, Simulator, teams, zones } from '@ci-medic/ci-simulator';
import { CiMedicClient } from '@ci-medic/plugin-ci-medic-common';
import { ciMedicAlertChannelsExtensionPoint } from '@ci-medic/plugin-ci-medic-node';

const MINUTE_MS = 60_000;
/** Working time from a message until an owner looks: so long at least, and so long more on average. */
export const LEAST_DELAY_MINUTES = 3;
export const MEAN_DELAY_MINUTES = 20;
/** Working time until a machine that was taken out of service is repaired and comes back. */
export const REPAIR_HOURS = 8;

type Look = { incidentId: string; team: string; person: string };

/** What somebody does at a moment. */
type Act = (clientOf: (person: string) => CiMedicClient) => Promise<void>;

/**
 * Owners who are told by CI Medic and do what it suggests: in their working hours, some time after the message. Where two
 * have to agree, a second one looks as long after the first. What takes a machine away is taken back after its repair.
 */
export class Owners {
  /** How often somebody looked, which takes a moment of their time. */
  looks = 0;
  /** What the backend refused or could not do, by reason. */
  readonly refusals = new Map<string, number>();
  readonly #simulator: Simulator;
  readonly #random: () => number;
  readonly #planned = new Set<string>();
  readonly #due: Act[] = [];

  constructor(options: { simulator: Simulator; random: () => number }) {
    this.#simulator = options.simulator;
    this.#random = options.random;
  }

  /** The channel by which they are told. */
  get module(): BackendFeature {
    return createBackendModule({
      pluginId: 'ci-medic',
      moduleId: 'owners',
      register: env =>
        env.registerInit({
          deps: { channels: ciMedicAlertChannelsExtensionPoint },
          init: async ({ channels }) =>
            channels.addChannel({
              ...{ id: 'owners', title: 'Owners' },
              route: ({ owners }) =>
                owners.map(({ ref }) => ({
                  ...{ destination: ref, because: 'It owns it' },
                })),
              send: async ({ alertId, destination, message }) => {
                const team = destination.replace(/^.*\//, '');
                if (
                  message.state === 'open' &&
                  message.kind === 'incident' &&
                  teams[team]
                ) {
                  this.#plan(message.incidentId, team, 0);
                }
                return { externalId: alertId };
              },
              reply: async () => {},
            }),
        }),
    });
  }

  /** Whether somebody is at it now. */
  get isDue(): boolean {
    return this.#due.length > 0;
  }

  /** Does what they do at this moment. */
  async act(clientOf: (person: string) => CiMedicClient): Promise<void> {
    for (const act of this.#due.splice(0)) {
      await act(clientOf);
    }
  }

  #plan(incidentId: string, team: string, index: number) {
    const name = `${incidentId} ${index}`;
    if (this.#planned.has(name)) {
      return;
    }
    this.#planned.add(name);
    const person = teams[team][index % teams[team].length];
    const minutes =
      LEAST_DELAY_MINUTES - MEAN_DELAY_MINUTES * Math.log(1 - this.#random());
    this.#later(minutes * MINUTE_MS, team, async clientOf => {
      this.#planned.delete(name);
      this.looks++;
      await this.#look({ incidentId, team, person }, index, clientOf(person));
    });
  }

  #later(workMs: number, team: string, act: Act) {
    const { timeline } = this.#simulator;
    const at = afterWork(timeline.now(), workMs, zones[team]);
    timeline.at(at, () => this.#due.push(act));
  }

  async #look(look: Look, index: number, client: CiMedicClient) {
    const { incidentId, team, person } = look;
    const { items } = await client.listPlans({ incidentId });
    for (const plan of items) {
      if (plan.state !== 'proposed' || plan.author !== 'ci-medic') {
        continue;
      }
      try {
        const { id: planId, hash } = plan;
        const answered = await client.approvePlan({ planId, hash });
        if (answered.state === 'proposed') {
          this.#plan(incidentId, team, index + 1);
        } else if (plan.action === 'fresh-runner' && answered.remediationId) {
          this.#takeBackLater(answered.remediationId, team, person);
        }
      } catch (error) {
        this.#note(error);
      }
    }
  }

  #note(error: unknown) {
    const { message, body } = error as Error & {
      body?: { error?: { message?: string } };
    };
    // Names of runs, commits and machines do not matter.
    const reason = (body?.error?.message ?? message).replace(/\S*\d\S*/g, '…');
    this.refusals.set(reason, (this.refusals.get(reason) ?? 0) + 1);
  }

  #takeBackLater(remediationId: string, team: string, person: string) {
    this.#later(REPAIR_HOURS * 60 * MINUTE_MS, team, async clientOf => {
      this.looks++;
      const client = clientOf(person);
      const { stagesDone } = await client.getRemediation({ remediationId });
      if (stagesDone > 0) {
        await client
          .undoRemediation({ remediationId })
          .catch(error => this.#note(error));
      }
    });
  }
}
