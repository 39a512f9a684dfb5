import { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';

/**
 * Settings below `ciMedic.slack`.
 */
export type SlackConfig = {
  /** Address of the portal. */
  appUrl: string;
  botToken?: string;
  mode: 'http' | 'socket';
  signingSecret?: string;
  appToken?: string;
  defaultChannel?: string;
  teamId?: string;
  appId?: string;
  apiUrl?: string;
};

/**
 * @throws InputError when a value is not one of those that are known, or is missing beside another one.
 */
export function readSlackConfig(root: Config): SlackConfig {
  const config = root.getOptionalConfig('ciMedic.slack');
  const mode = config?.getOptionalString('mode') ?? 'http';
  if (mode !== 'http' && mode !== 'socket') {
    throw new InputError(`ciMedic.slack.mode must be 'http' or 'socket'`);
  }
  const text = (key: string) => config?.getOptionalString(key);
  const botToken = text('botToken');
  const appToken = text('appToken');
  if (mode === 'socket' && botToken && !appToken) {
    throw new InputError('ciMedic.slack.appToken is needed for Socket Mode');
  }
  return {
    appUrl: root.getString('app.baseUrl').replace(/\/+$/, ''),
    ...{ mode, botToken, appToken },
    signingSecret: text('signingSecret'),
    defaultChannel: text('defaultChannel'),
    teamId: text('teamId'),
    appId: text('appId'),
    apiUrl: text('apiUrl'),
  };
}

/** Whether buttons that are pressed can reach the portal. */
export function hearsClicks(config: SlackConfig): boolean {
  const { mode, signingSecret, appToken } = config;
  return Boolean(mode === 'http' ? signingSecret : appToken);
}
