import { KNOWN_CATEGORIES, ModelInput } from '@ci-medic/diagnosis';
import { z } from 'zod';

const MOST_NAMES = 50;
/** Rounding of a model in single precision. */
const NEARLY = 0.01;

const probability = z.number().min(0).max(1);

const output = z.object({
  name: z.string(),
  data: z.array(z.unknown()).max(MOST_NAMES),
  parameters: z.record(z.string(), z.unknown()).optional(),
});

const answer = z.object({
  model_name: z.string().max(200),
  model_version: z.union([z.string().max(100), z.number()]).optional(),
  outputs: z.array(output).max(20),
});

/**
 * Reads what a server of the Open Inference Protocol v2 answered: an output `probabilities`, with the categories in its
 * parameter of that name or else in the order that is documented, and possibly an output `transient`.
 *
 * @throws Error that says what is wrong with its shape. A half-right answer is a wrong one.
 */
export function readInferenceAnswer(
  body: unknown,
): Exclude<ModelInput, { missing: string }> {
  const parsed = answer.safeParse(body);
  if (!parsed.success) {
    throw new Error(
      `The answer has not the shape of the protocol: ${said(parsed.error)}`,
    );
  }
  const { model_name: name, model_version: version, outputs } = parsed.data;
  const outputOf = (wanted: string) => outputs.find(one => one.name === wanted);
  const given = outputOf('probabilities');
  const names = categoriesOf(given?.parameters?.categories);
  if ([...names].sort().join() !== [...KNOWN_CATEGORIES].sort().join()) {
    throw new Error(
      `The answer does not have exactly the categories ${KNOWN_CATEGORIES.join(
        ', ',
      )}`,
    );
  }
  const probabilities = z
    .array(probability)
    .length(KNOWN_CATEGORIES.length)
    .safeParse(given?.data);
  if (!probabilities.success) {
    throw new Error(
      `The answer has something else than probabilities: ${said(
        probabilities.error,
      )}`,
    );
  }
  const sum = probabilities.data.reduce((total, one) => total + one, 0);
  if (Math.abs(sum - 1) > NEARLY) {
    throw new Error(`The probabilities of the answer add up to ${sum}`);
  }
  const transient = probability
    .optional()
    .safeParse(outputOf('transient')?.data[0]);
  if (!transient.success) {
    throw new Error(
      'The answer has something else than a probability that it passes again',
    );
  }
  return {
    ...{ name, version: String(version ?? 'unknown') },
    ...{ categories: names, probabilities: probabilities.data },
    ...(transient.data !== undefined && { transient: transient.data }),
  };
}

/** Servers that cannot say them give the probabilities in the order that is documented. */
function categoriesOf(named: unknown): string[] {
  return typeof named === 'string' ? named.split(',') : [...KNOWN_CATEGORIES];
}

function said(error: z.ZodError): string {
  const [issue] = error.issues;
  return `${issue.path.join('.')} ${issue.message}`.trim().slice(0, 200);
}
