import {
  ModeRule,
  RemediationMode,
  RemediationStop,
  StopInput,
} from '@ci-medic/plugin-ci-medic-common';
import { Decisions, describeStop, KillSwitch, Modes } from './gates';

/**
 * What operators change: the kill switch and the modes. Every change is a decision, too.
 */
export class RemediationControl {
  readonly #killSwitch: KillSwitch;
  readonly #modes: Modes;
  readonly #decisions: Decisions;

  constructor(options: {
    killSwitch: KillSwitch;
    modes: Modes;
    decisions: Decisions;
  }) {
    this.#killSwitch = options.killSwitch;
    this.#modes = options.modes;
    this.#decisions = options.decisions;
  }

  stops(): Promise<RemediationStop[]> {
    return this.#killSwitch.list();
  }

  /** Sets the kill switch first, and writes it down then: nothing may hold it up. */
  async stop(input: StopInput, actor: string): Promise<RemediationStop> {
    const stop = await this.#killSwitch.set(input, actor);
    await this.#note(actor, describeStop(stop), input, entityOf(stop));
    return stop;
  }

  async lift(id: string, actor: string): Promise<void> {
    const stop = await this.#killSwitch.lift(id, actor);
    const reason = `Lifted: ${describeStop(stop)}`;
    await this.#note(actor, reason, stop, entityOf(stop));
  }

  async setMode(
    rule: Omit<ModeRule, 'mode'> & { mode?: RemediationMode },
    actor: string,
  ): Promise<void> {
    await this.#modes.set(rule, actor);
    const { category = 'any category', action = 'any action', tier } = rule;
    const of = `${category}, ${action}, ${tier ? `tier ${tier}` : 'any tier'}`;
    await this.#note(
      actor,
      rule.mode
        ? `The mode of ${of} is ${rule.mode}`
        : `The mode of ${of} is as configured`,
      rule,
      [],
    );
  }

  async #note(
    actor: string,
    reason: string,
    input: object,
    entityRefs: string[],
  ) {
    await this.#decisions.add({
      ...{ moment: 'control', result: 'changed', actor, entityRefs, input },
      ...{ gates: [], reasons: [reason] },
    });
  }
}

function entityOf({ scope, subject }: RemediationStop): string[] {
  return scope === 'entity' && subject ? [subject] : [];
}
