import { LoadedModel } from '../models/LoadedModel';
import { Prediction } from '../models/modelDescription';
import { BatchQueue } from './BatchQueue';

/** A queue for each version of each model that is in memory. */
export class ModelQueues {
  readonly #queues = new Map<
    LoadedModel,
    BatchQueue<Float32Array, Prediction>
  >();
  readonly #options: {
    mostRows: number;
    mostWaiting: number;
    onBatch?(rows: number): void;
  };

  private constructor(options: {
    mostRows: number;
    mostWaiting: number;
    onBatch?(rows: number): void;
  }) {
    this.#options = options;
  }

  static create(options: {
    mostRows: number;
    mostWaiting: number;
    onBatch?(rows: number): void;
  }): ModelQueues {
    return new ModelQueues(options);
  }

  get waiting(): number {
    return [...this.#queues.values()].reduce((sum, one) => sum + one.length, 0);
  }

  of(model: LoadedModel): BatchQueue<Float32Array, Prediction> {
    let queue = this.#queues.get(model);
    if (!queue) {
      queue = BatchQueue.create({
        ...this.#options,
        run: rows => model.predict(rows),
      });
      this.#queues.set(model, queue);
    }
    return queue;
  }

  /** Resolves when a model that goes has nothing left to do. */
  async drain(model: LoadedModel): Promise<void> {
    await this.#queues.get(model)?.idle();
    this.#queues.delete(model);
  }

  async idle(): Promise<void> {
    await Promise.all([...this.#queues.values()].map(one => one.idle()));
  }
}
