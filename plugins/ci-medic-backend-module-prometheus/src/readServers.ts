import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import { Config, readDurationFromConfig } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { durationToMilliseconds } from '@backstage/types';

/** Figures that one query gives. */
export type QueriedSeries = {
  id: string;
  name: string;
  unit?: string;
  query: string;
  /** Whose figures they are: always the same entity, or what a label says. */
  entity: { ref: string } | { label: string };
  stepMs: number;
};

/** A Prometheus server and what is asked of it. */
export type PrometheusServer = {
  url: string;
  token?: string;
  series: QueriedSeries[];
};

const STEP_MS = 5 * 60_000;
const LEAST_STEP_MS = 15_000;

/**
 * Reads `ciMedic.prometheus`.
 *
 * @throws InputError when something is missing or malformed
 */
export function readServers(root: Config): PrometheusServer[] {
  const servers = root.getOptionalConfigArray('ciMedic.prometheus') ?? [];
  return servers.map(server => {
    const url = server.getString('url');
    if (!/^https?:$/.test(protocolOf(url))) {
      throw new InputError(`ciMedic.prometheus: '${url}' is not a web address`);
    }
    const series = server.getConfigArray('series').map(readSeries);
    const ids = new Set(series.map(({ id }) => id));
    if (ids.size !== series.length) {
      throw new InputError(
        `ciMedic.prometheus: two series of ${url} have one id`,
      );
    }
    return {
      url: url.replace(/\/+$/, ''),
      token: server.getOptionalString('token'),
      series,
    };
  });
}

function readSeries(config: Config): QueriedSeries {
  const id = config.getString('id');
  const ref = config.getOptionalString('entity');
  const label = config.getOptionalString('entityLabel');
  if ((ref === undefined) === (label === undefined)) {
    throw new InputError(
      `ciMedic.prometheus: the series '${id}' needs one of entity and entityLabel`,
    );
  }
  const stepMs = config.has('step')
    ? durationToMilliseconds(readDurationFromConfig(config, { key: 'step' }))
    : STEP_MS;
  if (stepMs < LEAST_STEP_MS) {
    throw new InputError(
      `ciMedic.prometheus: the step of '${id}' must be at least 15 seconds`,
    );
  }
  return {
    id,
    name: config.getString('name'),
    unit: config.getOptionalString('unit'),
    query: config.getString('query'),
    entity:
      ref === undefined
        ? { label: label! }
        : { ref: stringifyEntityRef(parseEntityRef(ref)) },
    stepMs,
  };
}

function protocolOf(url: string): string {
  try {
    return new URL(url).protocol;
  } catch {
    return '';
  }
}
