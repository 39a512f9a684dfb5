import { resolvePackagePath } from '@backstage/backend-plugin-api';
import { Config, readDurationFromConfig } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { durationToMilliseconds } from '@backstage/types';
import { ModeRule, modeRuleSchema } from '@ci-medic/plugin-ci-medic-common';
import { DateTime } from 'luxon';
import { resolve } from 'path';
import { z } from 'zod';
import { ChangeFreeze, highestLimits, Limits } from './gates';

/**
 * How long things may take, in milliseconds.
 *
 * @remarks
 *
 * A call begins within `slackMs` of the claim and is given up after `callMs`; for `latestActionMs` after that the CI
 * system may still carry it out. The lease lasts as long as all three, so that nobody acts again before the outcome of
 * the call is certain.
 */
export type RemediationTimings = {
  callMs: number;
  slackMs: number;
  /** Overrides what the provider says. */
  latestActionMs?: number;
  /** How long a request is good for while nothing can be done. */
  expiryMs: number;
  /** How long a plan waits for people. */
  approvalMs: number;
  /** How long the outcome is awaited. */
  verificationMs: number;
  /** How often to look for the outcome. */
  lookMs: number;
  /** How long what helped is watched. */
  watchMs: number;
};

export const defaultTimings: RemediationTimings = {
  callMs: 10_000,
  slackMs: 5_000,
  expiryMs: 3_600_000,
  approvalMs: 24 * 3_600_000,
  verificationMs: 24 * 3_600_000,
  lookMs: 30_000,
  watchMs: 30 * 60_000,
};

/** Settings of the remediations. */
export type RemediationConfig = {
  timings: RemediationTimings;
  limits: Limits;
  modes: ModeRule[];
  policy: { file: string; settings: object };
  timeZone: string;
  freezes: ChangeFreeze[];
};

const ROOT = 'ciMedic.remediation';

/**
 * Reads `ciMedic.remediation` but for the strategies.
 *
 * @throws InputError that says which setting is wrong.
 */
export function readRemediationConfig(root: Config): RemediationConfig {
  const config = root.getOptionalConfig(ROOT);
  const file = config?.getOptionalString('policy.file');
  const timeZone = config?.getOptionalString('timeZone') ?? 'UTC';
  if (!DateTime.now().setZone(timeZone).isValid) {
    throw new InputError(`${ROOT}.timeZone: there is no time zone ${timeZone}`);
  }
  return {
    timings: readRemediationTimings(root),
    limits: readLimits(config),
    modes: readModes(config),
    policy: {
      file: file
        ? resolve(file)
        : resolvePackagePath(
            '@ci-medic/plugin-ci-medic-backend',
            'policies/remediation.wasm',
          ),
      settings: config?.getOptional<object>('policy.settings') ?? {},
    },
    timeZone,
    freezes: readFreezes(config, timeZone),
  };
}

/**
 * Reads `ciMedic.remediation.timings`.
 *
 * @throws InputError when a duration is not positive.
 */
export function readRemediationTimings(root: Config): RemediationTimings {
  const config = root.getOptionalConfig(`${ROOT}.timings`);
  const read = (key: string) => {
    if (!config?.has(key)) {
      return undefined;
    }
    const value = durationToMilliseconds(
      readDurationFromConfig(config, { key }),
    );
    if (!(value > 0)) {
      throw new InputError(
        `${ROOT}.timings.${key} must be longer than nothing`,
      );
    }
    return value;
  };
  return {
    callMs: read('call') ?? defaultTimings.callMs,
    slackMs: read('slack') ?? defaultTimings.slackMs,
    latestActionMs: read('latestAction'),
    expiryMs: read('expiry') ?? defaultTimings.expiryMs,
    approvalMs: read('approval') ?? defaultTimings.approvalMs,
    verificationMs: read('verification') ?? defaultTimings.verificationMs,
    lookMs: read('look') ?? defaultTimings.lookMs,
    watchMs: read('watch') ?? defaultTimings.watchMs,
  };
}

function readLimits(config: Config | undefined): Limits {
  const names = Object.keys(highestLimits) as (keyof Limits)[];
  const limits = { ...highestLimits };
  for (const name of names) {
    const value = config?.getOptionalNumber(`limits.${name}`);
    const most = highestLimits[name];
    if (value === undefined) {
      continue;
    }
    if (!Number.isInteger(value) || value < 0 || value > most) {
      throw new InputError(
        `${ROOT}.limits.${name} must be a whole number from 0 to ${most}: it can only be lowered`,
      );
    }
    limits[name] = value;
  }
  return limits;
}

function readModes(config: Config | undefined): ModeRule[] {
  const result = z
    .array(modeRuleSchema.strict())
    .safeParse(config?.getOptional('modes') ?? []);
  if (!result.success) {
    const problem = z.prettifyError(result.error).replace(/\s+/g, ' ');
    throw new InputError(`${ROOT}.modes: ${problem.replace(/✖ /g, '')}`);
  }
  return result.data;
}

function readFreezes(config: Config | undefined, zone: string): ChangeFreeze[] {
  return (config?.getOptionalConfigArray('changeFreezes') ?? []).map(freeze => {
    const read = (key: 'from' | 'to') => {
      const text = freeze.getString(key);
      const time = DateTime.fromISO(text, { zone });
      if (!time.isValid) {
        throw new InputError(
          `${ROOT}.changeFreezes: ${text} is no ISO 8601 time`,
        );
      }
      return time.toMillis();
    };
    const result = {
      ...{ from: read('from'), to: read('to') },
      reason: freeze.getString('reason'),
    };
    if (result.from >= result.to) {
      throw new InputError(
        `${ROOT}.changeFreezes: ${result.reason} ends before it begins`,
      );
    }
    return result;
  });
}
