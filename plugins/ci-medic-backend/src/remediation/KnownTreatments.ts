import { InputError } from '@backstage/errors';
import { Treatment } from '@ci-medic/plugin-ci-medic-node';

/**
 * All treatments that there are, by their action.
 */
export class KnownTreatments {
  readonly #byAction = new Map<string, Treatment>();

  /**
   * @throws InputError when two have the same action.
   */
  constructor(treatments: Treatment[]) {
    for (const treatment of treatments) {
      if (this.#byAction.has(treatment.action)) {
        throw new InputError(
          `There are two treatments for the action ${treatment.action}`,
        );
      }
      this.#byAction.set(treatment.action, treatment);
    }
  }

  get actions(): string[] {
    return [...this.#byAction.keys()];
  }

  list(): Treatment[] {
    return [...this.#byAction.values()];
  }

  /**
   * @throws InputError for an action that nobody knows.
   */
  get(action: string): Treatment {
    const treatment = this.#byAction.get(action);
    if (!treatment) {
      throw new InputError(
        `There is no action ${action}; there are ${this.actions.join(', ')}`,
      );
    }
    return treatment;
  }
}
