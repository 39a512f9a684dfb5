import { Config, readDurationFromConfig } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { durationToMilliseconds } from '@backstage/types';

const DEFAULT_MODEL = 'failure-classifier';
const TIMEOUT_MS = 5_000;

/** A model behind a server of the Open Inference Protocol v2. */
export type ModelConfig = {
  url: string;
  name: string;
  /** The server's choice when absent. */
  version?: string;
  timeoutMs: number;
};

/**
 * Settings of the diagnosis below `ciMedic.diagnosis`; without a model, signatures and history answer alone.
 *
 * @throws InputError when the address of the model is none.
 */
export function readModelConfig(root: Config): ModelConfig | undefined {
  const config = root.getOptionalConfig('ciMedic.diagnosis.model');
  const url = config?.getOptionalString('url');
  if (!config || !url) {
    return undefined;
  }
  if (!/^https?:\/\//.test(url) || !URL.canParse(url)) {
    throw new InputError('ciMedic.diagnosis.model.url must be a web address');
  }
  return {
    url: url.replace(/\/+$/, ''),
    name: config.getOptionalString('name') ?? DEFAULT_MODEL,
    version: config.getOptionalString('version'),
    timeoutMs: config.has('timeout')
      ? durationToMilliseconds(
          readDurationFromConfig(config, { key: 'timeout' }),
        )
      : TIMEOUT_MS,
  };
}
