import { joinFeatures } from '@ci-medic/diagnosis';
import { z } from 'zod';
import { LoadedModel } from '../models/LoadedModel';

/** Failures that one request may ask about. */
export const MOST_ROWS = 64;
const LONGEST_TEXT = 65_536;

const tensorSchema = z.object({
  name: z.string(),
  shape: z.array(z.number().int().nonnegative()).min(1).max(2),
  datatype: z.string(),
  data: z.array(z.unknown()).max(10_000_000),
});

/** A request of the Open Inference Protocol. What it does not name is ignored. */
export const inferRequestSchema = z.object({
  id: z.string().max(200).optional(),
  inputs: z.array(tensorSchema).min(1).max(10),
});

type Tensor = z.infer<typeof tensorSchema>;

/** A request that cannot be answered, with what is wrong with it. */
export class BadRequestError extends Error {}

function inputOf(
  inputs: readonly Tensor[],
  name: string,
  datatype: string,
): { tensor: Tensor; data: unknown[] } | undefined {
  const tensor = inputs.find(one => one.name === name);
  if (tensor && tensor.datatype !== datatype) {
    throw new BadRequestError(
      `The input "${name}" is ${datatype}, not ${tensor.datatype}`,
    );
  }
  // Nested lists are allowed beside flat ones.
  return tensor && { tensor, data: tensor.data.flat() };
}

function textsOf(inputs: readonly Tensor[]): string[] | undefined {
  const input = inputOf(inputs, 'text', 'BYTES');
  if (!input) {
    return undefined;
  }
  const { tensor, data } = input;
  const count = tensor.shape.reduce((product, one) => product * one, 1);
  if (count !== data.length || tensor.shape[0] !== data.length) {
    throw new BadRequestError('The shape of "text" is not that of its data');
  }
  return data.map(text => {
    if (typeof text !== 'string' || text.length > LONGEST_TEXT) {
      throw new BadRequestError(
        `Each text is a string of at most ${LONGEST_TEXT} characters`,
      );
    }
    return text;
  });
}

function vectorsOf(
  inputs: readonly Tensor[],
  width: number,
): Float32Array[] | undefined {
  const input = inputOf(inputs, 'features', 'FP32');
  if (!input) {
    return undefined;
  }
  const { tensor, data } = input;
  const [rows, columns] = tensor.shape;
  if (columns !== width || rows * columns !== data.length) {
    throw new BadRequestError(
      `The shape of "features" is [n, ${width}], as is its data`,
    );
  }
  if (!data.every(one => typeof one === 'number' && Math.abs(one) < 1e6)) {
    throw new BadRequestError('Each feature is a number');
  }
  return Array.from({ length: rows }, (_, row) =>
    Float32Array.from(data.slice(row * width, (row + 1) * width) as number[]),
  );
}

/** What a model is asked: the vectors where they are given, else those of the texts. */
export function rowsOf(
  inputs: readonly Tensor[],
  model: LoadedModel,
): Float32Array[] {
  const texts = textsOf(inputs);
  const vectors = vectorsOf(inputs, model.width);
  if (texts && vectors && texts.length !== vectors.length) {
    throw new BadRequestError('"text" and "features" differ in length');
  }
  const count = (vectors ?? texts)?.length ?? 0;
  if (count === 0 || count > MOST_ROWS) {
    throw new BadRequestError(
      `One to ${MOST_ROWS} failures are needed, in "text" or "features"`,
    );
  }
  return vectors ?? texts!.map(text => fit(joinFeatures(text), model));
}

/** Of a text alone only its words are known; a model of other features cannot take them. */
function fit(vector: Float32Array, { width, description }: LoadedModel) {
  if (vector.length === width) {
    return vector;
  }
  const { textFeatures } = description;
  const words = vector.length - textFeatures;
  if (words < 0) {
    throw new BadRequestError('This model takes "features" only');
  }
  const fitted = new Float32Array(width);
  fitted.set(vector.subarray(0, textFeatures));
  return fitted;
}
