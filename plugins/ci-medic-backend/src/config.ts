import { Config, readDurationFromConfig } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { durationToMilliseconds } from '@backstage/types';
import { LogRules, readLogRules } from './logs';

const DAY_MS = 24 * 3_600_000;

const defaultReportArtifacts = [
  '*test*',
  '*junit*',
  '*report*',
  '*results*',
  '*trx*',
  '*surefire*',
];

/**
 * Settings of the intake; durations in milliseconds.
 */
export type IngestConfig = {
  pollIntervalMs: number;
  catalogIntervalMs: number;
  /** 0 when no history is read by itself. */
  backfillDays: number;
  collectLogs: 'all' | 'failed';
  logRules: LogRules;
  runRetentionMs: number;
  logRetentionMs: number;
  /** Patterns of names of artifacts that may hold test reports. */
  reportArtifacts: string[];
};

/**
 * Reads the settings of the intake below `ciMedic`.
 *
 * @throws InputError when a value is out of its range.
 */
export function readIngestConfig(root: Config): IngestConfig {
  const config = root.getOptionalConfig('ciMedic');
  const milliseconds = (key: string, fallback: number, least: number) => {
    const value = config?.has(key)
      ? durationToMilliseconds(readDurationFromConfig(config, { key }))
      : fallback;
    if (value < least) {
      throw new InputError(`ciMedic.${key} must be at least ${least} ms`);
    }
    return value;
  };
  const backfillDays = config?.getOptionalNumber('backfill.days') ?? 30;
  if (
    !Number.isInteger(backfillDays) ||
    backfillDays < 0 ||
    backfillDays > 400
  ) {
    throw new InputError('ciMedic.backfill.days must be from 0 to 400');
  }
  const collectLogs = config?.getOptionalString('logs.collect') ?? 'all';
  if (collectLogs !== 'all' && collectLogs !== 'failed') {
    throw new InputError(`ciMedic.logs.collect must be 'all' or 'failed'`);
  }
  return {
    pollIntervalMs: milliseconds('poll.interval', 300_000, 1_000),
    catalogIntervalMs: milliseconds('catalog.interval', 300_000, 1_000),
    backfillDays,
    collectLogs,
    logRules: readLogRules(config),
    runRetentionMs: milliseconds('retention.runs', 400 * DAY_MS, DAY_MS),
    logRetentionMs: milliseconds('retention.logs', 30 * DAY_MS, DAY_MS),
    reportArtifacts:
      config?.getOptionalStringArray('testReports.artifacts') ??
      defaultReportArtifacts,
  };
}
