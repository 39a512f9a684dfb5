import { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { InsightSettings } from '@ci-medic/plugin-ci-medic-common';
import { RunnerPrices } from '../RunnerPrices';

/**
 * Settings of trends below `ciMedic.insights`.
 */
export type InsightsConfig = InsightSettings & { prices: RunnerPrices };

/**
 * What one look at a failed build takes: 5.67 US dollars (M. Leinen and others, ICST 2024) at an hourly rate of 57.
 */
const MINUTES_PER_FAILURE = 6;

/**
 * @throws InputError when a price or a duration is negative or not a number.
 */
export function readInsightsConfig(
  root: Config,
  mainBranches: string[],
): InsightsConfig {
  const config = root.getOptionalConfig('ciMedic.insights');
  const prices = RunnerPrices.fromConfig(root);
  const amount = (key: string, fallback: number) => {
    const value = config?.getOptionalNumber(key) ?? fallback;
    if (!(value >= 0 && Number.isFinite(value))) {
      throw new InputError(`ciMedic.insights.${key} must be 0 or more`);
    }
    return value;
  };
  return {
    mainBranches,
    currency: config?.getOptionalString('currency') ?? 'USD',
    prices,
    runnerPrices: prices.labels.map(label => ({
      label,
      perMinute: prices.perMinute([label])!,
    })),
    developerMinutesPerFailure: amount(
      'developerMinutesPerFailure',
      MINUTES_PER_FAILURE,
    ),
    developerPricePerHour: amount('developerPricePerHour', 0),
    deploymentNames: config?.getOptionalStringArray('deploymentNames') ?? [
      'deploy',
      'release',
      'rollout',
    ],
  };
}

/** The price class of a runner: the label that it is priced by, empty when it has no price. */
export function priceClassOf(config: InsightsConfig, labels: string[]): string {
  return config.prices.labelOf(labels) ?? '';
}

/** What runner time costs. */
export function costOf(
  config: InsightsConfig,
  runnerMs: Record<string, number>,
): number {
  let cost = 0;
  for (const [name, ms] of Object.entries(runnerMs)) {
    cost += (ms / 60_000) * (config.prices.perMinute([name]) ?? 0);
  }
  return cost;
}

/** Whether a pipeline or a job is a deployment by its name. */
export function isDeployment(config: InsightsConfig, name: string): boolean {
  const words = name.toLocaleLowerCase('en-US');
  return config.deploymentNames.some(word =>
    words.includes(word.toLocaleLowerCase('en-US')),
  );
}
