import { Config, readDurationFromConfig } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { durationToMilliseconds } from '@backstage/types';
import { usualMainBranches } from '../database';

const scopes = ['all', 'main', 'none'] as const;

const HOUR_MS = 3_600_000;

/** Of which incidents people are told. */
export type AlertScope = (typeof scopes)[number];

/**
 * Settings of alerts below `ciMedic.alerts`.
 */
export type AlertConfig = {
  /** For entities that do not say otherwise. */
  scope: AlertScope;
  mainBranches: string[];
  /** Nobody is told of an incident that was seen last longer ago, in milliseconds: it is history. */
  maxAgeMs: number;
  /** How long a button is good for, in milliseconds. */
  buttonExpiryMs: number;
  /** Whether Backstage's own notifications are a channel. */
  notifications: boolean;
};

/** Whether a text names a scope. */
export function isAlertScope(text: string | undefined): text is AlertScope {
  return scopes.some(scope => scope === text);
}

/**
 * @throws InputError when a value is not one of those that are known.
 */
export function readAlertConfig(root: Config): AlertConfig {
  const config = root.getOptionalConfig('ciMedic.alerts');
  const scope = config?.getOptionalString('scope') ?? 'main';
  if (!isAlertScope(scope)) {
    throw new InputError(
      `ciMedic.alerts.scope must be one of ${scopes.join(', ')}`,
    );
  }
  const milliseconds = (key: string, fallback: number) =>
    config?.has(key)
      ? durationToMilliseconds(readDurationFromConfig(config, { key }))
      : fallback;
  return {
    scope,
    mainBranches:
      config?.getOptionalStringArray('mainBranches') ?? usualMainBranches,
    maxAgeMs: milliseconds('maxAge', 6 * HOUR_MS),
    buttonExpiryMs: milliseconds('buttonExpiry', 24 * HOUR_MS),
    notifications: config?.getOptionalBoolean('notifications') ?? true,
  };
}
