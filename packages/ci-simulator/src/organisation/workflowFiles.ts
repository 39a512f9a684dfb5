import { ServicePlan, Stack } from './blueprint';
import { Edits } from './GitHistory';

/** How the steps of a stack are called, and which part of a job each is. */
export type StepPlan = {
  name: string;
  part:
    | 'checkout'
    | 'setup'
    | 'install'
    | 'lint'
    | 'build'
    | 'unit'
    | 'integration'
    | 'package'
    | 'deploy'
    | 'smoke'
    | 'upload';
};

/** A job of a pipeline. */
export type JobPlan = { name: string; needs: string[]; steps: StepPlan[] };

const names: Record<
  Stack,
  Record<'setup' | 'install' | 'build' | 'unit' | 'integration', string>
> = {
  node: {
    setup: 'actions/setup-node@v4',
    install: 'npm ci',
    build: 'npm run build',
    unit: 'npm test -- --ci',
    integration: 'npm run test:integration',
  },
  python: {
    setup: 'actions/setup-python@v5',
    install: 'pip install -r requirements.txt',
    build: 'mypy .',
    unit: 'pytest --junitxml=report.xml tests',
    integration: 'pytest --junitxml=report.xml integration',
  },
  go: {
    setup: 'actions/setup-go@v5',
    install: 'go mod download',
    build: 'go build ./...',
    unit: 'go test ./...',
    integration: 'go test -tags integration ./...',
  },
  java: {
    setup: 'actions/setup-java@v4',
    install: 'mvn -B dependency:resolve',
    build: 'mvn -B compile',
    unit: 'mvn -B test',
    integration: 'mvn -B verify -Pintegration',
  },
  rust: {
    setup: 'actions/setup-rust@v1',
    install: 'cargo fetch',
    build: 'cargo build',
    unit: 'cargo test',
    integration: 'cargo test --features integration',
  },
};

/** The jobs of a service's pipelines, by file. */
export function pipelinesOf(
  plan: ServicePlan,
): Record<'ci.yml' | 'deploy.yml', JobPlan[]> {
  const of = names[plan.stack];
  const step = (name: string, part: StepPlan['part']): StepPlan => ({
    name: `Run ${name}`,
    part,
  });
  const start = [
    step('actions/checkout@v4', 'checkout'),
    step(of.setup, 'setup'),
    step(of.install, 'install'),
  ];
  const upload = step('actions/upload-artifact@v4', 'upload');
  const lint = plan.stack === 'node' ? [step('npm run lint', 'lint')] : [];
  const checkout = start.slice(0, 1);
  const deployTo = [
    step('make deploy', 'deploy'),
    step('make smoke-test', 'smoke'),
  ];
  return {
    'ci.yml': [
      {
        name: 'build',
        needs: [],
        steps: [...start, ...lint, step(of.build, 'build')],
      },
      {
        name: 'unit',
        needs: ['build'],
        steps: [...start, step(of.unit, 'unit'), upload],
      },
      {
        name: 'integration',
        needs: ['build'],
        steps: [...start, step(of.integration, 'integration'), upload],
      },
    ],
    'deploy.yml': [
      {
        name: 'publish',
        needs: [],
        steps: [...checkout, step('make publish', 'package')],
      },
      {
        name: 'staging',
        needs: ['publish'],
        steps: [...checkout, ...deployTo],
      },
      {
        name: 'production',
        needs: ['staging'],
        steps: [...checkout, ...deployTo],
      },
    ],
  };
}

/** The workflow files that say so. */
export function workflowFiles(plan: ServicePlan): Edits {
  const pipelines = pipelinesOf(plan);
  const runsOn = plan.pool === 'farm' ? '[self-hosted, farm]' : 'ubuntu-24.04';
  const jobs = (all: JobPlan[]) =>
    all
      .map(({ name, needs, steps }) =>
        [
          `  ${name}:`,
          `    runs-on: \${{ inputs.runner && fromJSON(inputs.runner) || fromJSON('${JSON.stringify(
            runsOn.replace(/[[\] ]/g, '').split(','),
          )}') }}`,
          ...(needs.length ? [`    needs: [${needs.join(', ')}]`] : []),
          '    steps:',
          ...steps.map(step => {
            const what = step.name.replace(/^Run /, '');
            return what.includes('@v')
              ? `      - uses: ${what}`
              : `      - run: ${what}`;
          }),
        ].join('\n'),
      )
      .join('\n');
  const input = (name: string) => `      ${name}: { type: string }\n`;
  const head = (name: string, on: string, inputs: string[]) =>
    `name: ${name}\nrun-name: \${{ inputs.correlation_id }}\non:\n${on}  workflow_dispatch:\n    inputs:\n${inputs
      .map(input)
      .join('')}jobs:\n`;
  return {
    '.github/workflows/ci.yml': `${head(
      'CI',
      "  push: { branches: [main] }\n  pull_request:\n  schedule: [{ cron: '0 2 * * *' }]\n",
      ['correlation_id', 'runner'],
    )}${jobs(pipelines['ci.yml'])}\n`,
    '.github/workflows/deploy.yml': `${head('Deploy', '', [
      ...['image', 'environment', 'correlation_id'],
    ])}${jobs(pipelines['deploy.yml'])}\n`,
  };
}
