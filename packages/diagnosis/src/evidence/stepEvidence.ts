import { DiagnosisInput } from '../DiagnosisInput';
import { Evidence } from '../DiagnosisResult';
import { StepKind, stepKind } from '../features/stepKind';
import { answersWithError, checksDeployed } from './deployments';

type Part = Pick<Evidence, 'text' | 'categories' | 'subCategories'>;

/** What usually breaks where. */
const BY_KIND: Partial<Record<StepKind, Part>> = {
  checkout: {
    text: 'It failed while the sources were fetched, before anything of the change ran.',
    categories: { infrastructure: 0.6, configuration: 0.4, code: -1.5 },
  },
  setup: {
    text: 'It failed while the machine was prepared, before anything of the change ran.',
    categories: { infrastructure: 0.6, configuration: 0.4, code: -1 },
  },
  install: {
    text: 'It failed while dependencies were installed.',
    categories: { dependency: 0.4, infrastructure: 0.3, code: -1.2 },
  },
  lint: {
    text: 'It failed in a check of style or quality.',
    categories: { code: 0.5, flaky_test: -1.5 },
  },
  build: {
    text: 'It failed in a build.',
    categories: { flaky_test: -1.2, code: 0.2 },
  },
  security: {
    text: 'It failed in a security check.',
    categories: { dependency: 0.8, flaky_test: -1.5 },
  },
  deploy: {
    text: 'It failed in a deployment.',
    categories: { configuration: 0.3, flaky_test: -1.5 },
  },
};

const deployed: Part = {
  text: 'It failed in a check of what was just deployed.',
  categories: { code: 2, flaky_test: -1 },
  subCategories: { 'code.deployment': 2 },
};

const unwell: Part = {
  text: 'What was just deployed answers, with an error of its own.',
  categories: { code: 4, flaky_test: -1, infrastructure: -1 },
  subCategories: { 'code.deployment': 4 },
};

/** Where in the job it failed. */
export function stepEvidence(input: DiagnosisInput): Evidence[] {
  const { step, name } = input.job ?? {};
  const kind = stepKind(step, step === undefined ? name : undefined);
  const ofCheck = answersWithError(input) ? unwell : deployed;
  const part = checksDeployed(input) ? ofCheck : kind && BY_KIND[kind];
  return part ? [{ source: 'signature', ...part }] : [];
}
