import { Treatment, TreatmentContext } from '@ci-medic/plugin-ci-medic-node';
import { createTreatments } from './treatments';
import { KnownTreatments } from './KnownTreatments';

/**
 * Where modules bring in treatments besides those of CI Medic.
 */
export class TreatmentRegistry {
  readonly #creators: ((context: TreatmentContext) => Treatment)[] = [];

  add(create: (context: TreatmentContext) => Treatment): void {
    this.#creators.push(create);
  }

  /**
   * @throws InputError when two have the same action.
   */
  create(context: TreatmentContext): KnownTreatments {
    return new KnownTreatments([
      ...createTreatments(context),
      ...this.#creators.map(create => create(context)),
    ]);
  }
}
