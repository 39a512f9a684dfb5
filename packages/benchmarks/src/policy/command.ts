// What is measured is what decides, and that is nobody else's business.
// eslint-disable-next-line @backstage/no-forbidden-package-imports
import { RemediationPolicy } from '@ci-medic/plugin-ci-medic-backend/src/remediation/gates/RemediationPolicy';
import { Command } from 'commander';
import { dirname, join } from 'path';
import { inputsOf } from './inputsOf';

type Options = { decisions: string; seed: string; policy?: string };

const WARM_UP = 2_000;
const SETTINGS = { automatic: { tiers: ['2', '3'], confidence: 0.8 } };

/** Asks the policy many times, each time something else, and says how long an answer takes. */
async function policy(options: Options): Promise<void> {
  const count = Number(options.decisions);
  const seed = Number(options.seed);
  const plugin = dirname(
    require.resolve('@ci-medic/plugin-ci-medic-backend/package.json'),
  );
  const file = options.policy ?? join(plugin, 'policies/remediation.wasm');
  const started = performance.now();
  const asked = new RemediationPolicy({
    ...{ file, settings: SETTINGS },
    logger: {
      error: (text: string) => process.stderr.write(`${text}\n`),
    } as any,
  });
  const state = await asked.state();
  const loadMs = performance.now() - started;
  const times: number[] = [];
  const answers: Record<string, number> = {};
  const inputs = inputsOf(seed, WARM_UP + count);
  for (const [index, input] of inputs.entries()) {
    const before = performance.now();
    const answer = await asked.decide(input);
    if (index >= WARM_UP) {
      times.push(performance.now() - before);
      const told = answer.allow ? answer.mode : 'no';
      answers[told] = (answers[told] ?? 0) + 1;
    }
  }
  times.sort((left, right) => left - right);
  const quantile = (share: number) =>
    Math.round(times[Math.floor(share * (times.length - 1))] * 1000) / 1000;
  const p99 = quantile(0.99);
  const isReached = p99 <= 1 && !state.problem;
  process.stdout.write(
    `${JSON.stringify(
      {
        ...{
          policy: state,
          decisions: count,
          seed,
          loadMs: Math.round(loadMs),
        },
        milliseconds: { p50: quantile(0.5), p95: quantile(0.95), p99 },
        slowest: quantile(1),
        answers,
        limit: 'p99 of at most 1 ms',
        reached: isReached,
      },
      undefined,
      2,
    )}\n`,
  );
  process.exitCode = isReached ? 0 : 1;
}

export const command = new Command('policy')
  .description('How long a decision of the embedded policy takes')
  .option('--decisions <count>', 'how many are measured', '20000')
  .option('--seed <number>', 'of what is asked', '1')
  .option('--policy <file>', 'another policy, compiled to WebAssembly')
  .action(policy);
