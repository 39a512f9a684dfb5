import { chanceOf } from '../engine/random';
import {
  Fault,
  FaultInput,
  FaultOf,
  faultSchema,
  MutationFault,
  WebhookFault,
} from './faultSchema';
import { pathPattern } from './pathPattern';

/**
 * A fault that waits for its requests.
 *
 * @public
 */
export type PlannedFault = Fault & {
  id: number;
  /** Requests that it hit so far. */
  hits: number;
};

type Entry = {
  planned: PlannedFault;
  fits: RegExp;
  passed: number;
  /** Requests that chance was asked about. */
  drawn: number;
};

type Target = {
  method?: string;
  path?: string;
  event?: string;
  action?: string;
};

/**
 * Faults for the answer of the API.
 *
 * @public
 */
export type AnswerFault = FaultOf<'latency' | 'status' | 'rate-limit'>;

/**
 * Faults for a download.
 *
 * @public
 */
export type DownloadFault = FaultOf<
  'drop' | 'truncate' | 'large-log' | 'long-line' | 'zip-bomb' | 'path-tricks'
>;

const ANSWER_KINDS: AnswerFault['kind'][] = ['latency', 'status', 'rate-limit'];
const MUTATION_KINDS: MutationFault['kind'][] = [
  'execute-then-drop',
  'fail-before',
  'act-late',
];
const WEBHOOK_KINDS: WebhookFault['kind'][] = [
  'webhook-lose',
  'webhook-delay',
  'webhook-duplicate',
  'webhook-reorder',
];
const DOWNLOAD_KINDS: DownloadFault['kind'][] = [
  'drop',
  'truncate',
  'large-log',
  'long-line',
  'zip-bomb',
  'path-tricks',
];

/**
 * The faults that are to happen, each counting down the requests it hits.
 *
 * @public
 */
export class FaultPlan {
  readonly #entries = new Map<number, Entry>();
  #nextId = 1;
  #underWay = 0;

  private constructor() {}

  static create(): FaultPlan {
    return new FaultPlan();
  }

  /** Throws a ZodError when the fault is not well formed. */
  add(input: FaultInput): PlannedFault {
    const planned = {
      ...faultSchema.parse(input),
      id: this.#nextId++,
      hits: 0,
    };
    const fits = pathPattern('path' in planned ? planned.path : '**');
    this.#entries.set(planned.id, { planned, fits, passed: 0, drawn: 0 });
    return planned;
  }

  /** All, those that are over too. */
  list(): PlannedFault[] {
    return [...this.#entries.values()].map(({ planned }) => ({ ...planned }));
  }

  /** Changes that act late and have not acted yet. */
  get underWay(): number {
    return this.#underWay;
  }

  /** Makes a change that acts late, so that it is counted until it is over. */
  async late(act: () => Promise<void>): Promise<void> {
    this.#underWay++;
    try {
      await act();
    } finally {
      this.#underWay--;
    }
  }

  /** Removes one, or all. */
  clear(id?: number): void {
    if (id === undefined) {
      this.#entries.clear();
    } else {
      this.#entries.delete(id);
    }
  }

  /** The faults that hit this answer: at most one of each kind. */
  takeForAnswer(method: string, path: string): AnswerFault[] {
    return this.#take(ANSWER_KINDS, { method, path });
  }

  /** The fault that hits this download. */
  takeForDownload(method: string, path: string): DownloadFault | undefined {
    return this.#take(DOWNLOAD_KINDS, { method, path })[0];
  }

  /** The fault that hits this change. */
  takeForMutation(
    method: string,
    path: string,
  ): (MutationFault & { id: number; hits: number }) | undefined {
    const [taken] = this.#take(MUTATION_KINDS, { method, path }, 1);
    // A copy: others may be hit before this one is over.
    return taken && { ...(taken as MutationFault & PlannedFault) };
  }

  /** The faults that hit this webhook: at most one of each kind. */
  takeForWebhook(event: string, action: string): WebhookFault[] {
    return this.#take(WEBHOOK_KINDS, { event, action });
  }

  #take<K extends Fault['kind']>(
    kinds: readonly K[],
    target: Target,
    most: number = Infinity,
  ): Array<FaultOf<K>> {
    const taken = new Map<string, FaultOf<K>>();
    for (const entry of this.#entries.values()) {
      const { planned } = entry;
      if (
        taken.size >= most ||
        taken.has(planned.kind) ||
        !kinds.includes(planned.kind as K) ||
        !isTarget(entry, target) ||
        isOver(planned)
      ) {
        continue;
      }
      if (entry.passed < planned.after) {
        entry.passed++;
        continue;
      }
      const { probability = 1, seed = 0, id } = planned;
      if (chanceOf('fault', seed, id, entry.drawn++) >= probability) {
        continue;
      }
      planned.hits++;
      taken.set(planned.kind, planned as unknown as FaultOf<K>);
    }
    return [...taken.values()];
  }
}

function isTarget({ planned, fits }: Entry, target: Target): boolean {
  if (!('path' in planned)) {
    const { event = target.event, action = target.action } = planned;
    return event === target.event && action === target.action;
  }
  return (
    (planned.method ?? target.method) === target.method &&
    fits.test(target.path ?? '')
  );
}

function isOver({ count, probability, hits }: PlannedFault): boolean {
  const most = count ?? (probability === undefined ? 1 : 'always');
  return most !== 'always' && hits >= most;
}
