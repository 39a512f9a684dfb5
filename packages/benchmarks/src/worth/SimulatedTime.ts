import {
  BackendFeature,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { Simulator } from '@ci-medic/ci-simulator';
import { ciMedicTimeExtensionPoint } from '@ci-medic/plugin-ci-medic-node';

/** The time of an organisation as that of a backend. */
export class SimulatedTime {
  readonly #simulator: Simulator;
  #catchUp!: (work: () => Promise<void>) => void;
  readonly #attached = new Promise<() => Promise<void>>(resolve => {
    this.#catchUp = resolve;
  });

  constructor(simulator: Simulator) {
    this.#simulator = simulator;
  }

  /** What brings it into a backend. */
  get module(): BackendFeature {
    return createBackendModule({
      pluginId: 'ci-medic',
      moduleId: 'simulated-time',
      register: env =>
        env.registerInit({
          deps: { point: ciMedicTimeExtensionPoint },
          init: async ({ point }) =>
            point.setTime({
              now: () => this.#simulator.timeline.now(),
              attach: catchUp => this.#catchUp(catchUp),
            }),
        }),
    });
  }

  /** Lets the backend do all that is due by now. */
  async catchUp(): Promise<void> {
    await (
      await this.#attached
    )();
  }
}
