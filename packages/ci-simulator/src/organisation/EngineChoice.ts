import { dispatchRecorded } from '../engine/dispatchRecorded';
import { DispatchRequest, Engines } from '../engine/RunActions';
import { RunEngine } from '../engine/RunEngine';
import { Repository, Run } from '../world/model';
import { ORGANISATION } from './blueprint';
import { Organisation } from './Organisation';

/** The organisation carries out its own runs, recordings are played again. */
export class EngineChoice implements Engines {
  readonly #recorded: RunEngine;
  readonly #organisation?: Organisation;

  private constructor(recorded: RunEngine, organisation?: Organisation) {
    this.#recorded = recorded;
    this.#organisation = organisation;
  }

  static create(options: {
    recorded: RunEngine;
    organisation?: Organisation;
  }): EngineChoice {
    return new EngineChoice(options.recorded, options.organisation);
  }

  get all(): RunEngine[] {
    const organisation = this.#organisation;
    return [this.#recorded, ...(organisation ? [organisation.engine] : [])];
  }

  engineOf({ owner }: Repository): RunEngine {
    return owner === ORGANISATION && this.#organisation
      ? this.#organisation.engine
      : this.#recorded;
  }

  dispatch(request: DispatchRequest, by: string): Run {
    const engine = this.engineOf(request.repository);
    return engine === this.#recorded
      ? dispatchRecorded(engine, request, by)
      : this.#organisation!.dispatch(request, by);
  }
}
