import {
  diagnose as diagnosisOf,
  modelFeatures,
  ModelInput,
} from '@ci-medic/diagnosis';
import { bundledModels } from '../models/bundledModels';
import { LoadedModel } from '../models/LoadedModel';
import { ModelRepository } from '../models/ModelRepository';
import { Case, readCases } from './readCases';
import { readFailure } from './readFailure';

const MODEL = 'failure-classifier';
const MOST_PACKAGES = 5;

/** Asks a model of this process as the server would be asked. */
async function ask(
  model: LoadedModel | undefined,
  features: Float32Array,
): Promise<ModelInput> {
  if (!model) {
    return { missing: `There is no model "${MODEL}" in the folder` };
  }
  if (features.length !== model.width) {
    return {
      missing: `The model takes ${model.width} features, not ${features.length}`,
    };
  }
  const [prediction] = await model.predict([features]);
  const { name, version, description } = model;
  return { name, version, categories: description.categories, ...prediction };
}

const rounded = (value: number) => Math.round(value * 10_000) / 10_000;

async function answer(one: Case, model?: LoadedModel) {
  const { analysis, input } = await readFailure(one.source, {
    passed: one.passed,
    job: one.job,
  });
  const { features } = modelFeatures(input);
  const result = diagnosisOf({ ...input, model: await ask(model, features) });
  return {
    id: one.id,
    category: result.category,
    sub_category: result.subCategory ?? null,
    confidence: rounded(result.confidence),
    transient: rounded(result.transient),
    packages: analysis.packages.slice(0, MOST_PACKAGES).map(({ name }) => name),
    evidence: analysis.explanation.map(({ start, end }) => [start, end]),
    decided_by: result.decidedBy,
    reasons: result.reasons.map(({ text }) => text),
  };
}

async function answerOrError(one: Case, model?: LoadedModel) {
  try {
    return await answer(one, model);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { id: one.id, error: reason };
  }
}

/** Diagnoses many failures by their logs alone: one JSON line a case, in their order. */
export async function diagnose(options: {
  cases: string;
  root: string;
  models?: string;
  model: boolean;
}): Promise<void> {
  const { cases, root, models = bundledModels(), model: wanted } = options;
  const repository = wanted ? await ModelRepository.open(models) : undefined;
  try {
    const model = repository?.find(MODEL);
    for await (const one of readCases(cases, root)) {
      const line = 'error' in one ? one : await answerOrError(one, model);
      process.exitCode = 'error' in line ? 1 : process.exitCode;
      process.stdout.write(`${JSON.stringify(line)}\n`);
    }
  } finally {
    await repository?.close();
  }
}
