import { readFile } from 'fs/promises';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { join } from 'path';
import {
  ModelDescription,
  modelDescriptionSchema,
  Prediction,
} from './modelDescription';

const INPUT = 'features';
const PROBABILITIES = 'probabilities';
const TRANSIENT = 'transient';

/**
 * A version of a model in memory.
 *
 * @public
 */
export class LoadedModel {
  readonly name: string;
  readonly version: string;
  readonly description: ModelDescription;
  readonly #session: InferenceSession;

  private constructor(options: {
    name: string;
    version: string;
    description: ModelDescription;
    session: InferenceSession;
  }) {
    this.name = options.name;
    this.version = options.version;
    this.description = options.description;
    this.#session = options.session;
  }

  /**
   * Reads `model.onnx` and `model.json` of a folder, and tries the model once,
   * so that one that cannot answer is never offered.
   */
  static async load(options: {
    folder: string;
    name: string;
    version: string;
  }): Promise<LoadedModel> {
    const { folder, ...identity } = options;
    const text = await readFile(join(folder, 'model.json'), 'utf8');
    const description = modelDescriptionSchema.parse(JSON.parse(text));
    const bytes = await readFile(join(folder, 'model.onnx'));
    const session = await InferenceSession.create(bytes, {
      // Requests run beside each other; threads for each would only wait for others.
      intraOpNumThreads: 1,
      interOpNumThreads: 1,
    });
    const model = new LoadedModel({ ...identity, description, session });
    try {
      await model.#try();
    } catch (error) {
      await model.release();
      throw error;
    }
    return model;
  }

  /** How many numbers it takes for each failure. */
  get width(): number {
    const { textFeatures, contextFeatures } = this.description;
    return textFeatures + contextFeatures.length;
  }

  get hasTransient(): boolean {
    return this.#session.outputNames.includes(TRANSIENT);
  }

  /** Judges several failures at once. */
  async predict(rows: readonly Float32Array[]): Promise<Prediction[]> {
    const all = new Float32Array(rows.length * this.width);
    rows.forEach((row, index) => all.set(row, index * this.width));
    const outputs = await this.#session.run({
      [INPUT]: new Tensor('float32', all, [rows.length, this.width]),
    });
    const probabilities = outputs[PROBABILITIES].data as Float32Array;
    const transient = outputs[TRANSIENT]?.data as Float32Array | undefined;
    const count = this.description.categories.length;
    return rows.map((_, index) => ({
      probabilities: Array.from(
        probabilities.slice(index * count, (index + 1) * count),
      ),
      ...(transient && { transient: transient[index] }),
    }));
  }

  /** Gives its memory back. */
  async release(): Promise<void> {
    await this.#session.release();
  }

  async #try(): Promise<void> {
    const { inputNames, outputNames } = this.#session;
    if (!inputNames.includes(INPUT) || !outputNames.includes(PROBABILITIES)) {
      throw new Error(
        `The model needs an input "${INPUT}" and an output "${PROBABILITIES}"`,
      );
    }
    const [{ probabilities }] = await this.predict([
      new Float32Array(this.width),
    ]);
    const sum = probabilities.reduce((total, one) => total + one, 0);
    if (
      probabilities.length !== this.description.categories.length ||
      !(Math.abs(sum - 1) < 0.01)
    ) {
      throw new Error(
        'The model does not give one probability for each category',
      );
    }
  }
}
