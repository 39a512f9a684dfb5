import {
  CONTEXT_FEATURES,
  modelFeatures,
  TEXT_FEATURES,
} from '@ci-medic/diagnosis';
import { readCases } from './readCases';
import { readFailure } from './readFailure';

/** Prints what a model reads of each case, one JSON line each: the text, and the names of the context that holds. */
export async function prepare(options: {
  cases: string;
  root: string;
}): Promise<void> {
  for await (const one of readCases(options.cases, options.root)) {
    if ('error' in one) {
      throw new Error(one.error);
    }
    const { input } = await readFailure(one.source, {
      passed: one.passed,
      job: one.job,
    });
    const { text, features } = modelFeatures(input);
    const context = CONTEXT_FEATURES.filter(
      (_, index) => features[TEXT_FEATURES + index] === 1,
    );
    process.stdout.write(`${JSON.stringify({ id: one.id, text, context })}\n`);
  }
}
