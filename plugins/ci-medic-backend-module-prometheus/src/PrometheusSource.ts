import { LoggerService } from '@backstage/backend-plugin-api';
import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import { toError } from '@backstage/errors';
import { SeriesSource, SourceSeries } from '@ci-medic/plugin-ci-medic-node';
import { PrometheusClient } from './PrometheusClient';
import { PrometheusServer, QueriedSeries } from './readServers';

/**
 * Reads the configured queries. One that fails is left out with a warning, so that the others go on.
 */
export class PrometheusSource implements SeriesSource {
  readonly id: string;
  readonly title: string;

  readonly #client: PrometheusClient;
  readonly #series: QueriedSeries[];
  readonly #logger: LoggerService;

  constructor(options: {
    server: PrometheusServer;
    /** Which of the servers, when there are several. */
    index: number;
    logger: LoggerService;
  }) {
    const { server, index, logger } = options;
    this.id = index === 0 ? 'prometheus' : `prometheus-${index + 1}`;
    this.title = `Prometheus at ${new URL(server.url).host}`;
    this.#client = new PrometheusClient(server);
    this.#series = server.series;
    this.#logger = logger;
  }

  async read(request: Parameters<SeriesSource['read']>[0]) {
    const answers = await Promise.all(
      this.#series.map(series => this.#query(series, request)),
    );
    const read = answers.filter(answer => answer !== undefined);
    if (read.length === 0 && this.#series.length > 0) {
      throw new Error('None of its queries was answered');
    }
    return read.flat();
  }

  async #query(
    series: QueriedSeries,
    { from, to, signal }: Parameters<SeriesSource['read']>[0],
  ): Promise<SourceSeries[] | undefined> {
    const { stepMs, query } = series;
    // On a fixed grid, so that the same moments are asked for whenever it is read.
    const start = Math.floor(from.getTime() / stepMs + 1) * stepMs;
    if (start > to.getTime()) {
      return [];
    }
    try {
      const found = await this.#client.queryRange({
        ...{ query, stepMs, signal },
        start: new Date(start),
        end: to,
      });
      return found.flatMap(({ labels, points }) => {
        const entityRef = entityOf(series, labels);
        const { id, name, unit } = series;
        return entityRef ? [{ id, name, unit, entityRef, points }] : [];
      });
    } catch (error) {
      this.#logger.warn(
        `The query of the series '${series.id}' failed: ${
          toError(error).message
        }`,
      );
      return undefined;
    }
  }
}

/** `undefined` where the label is missing or names no entity. */
function entityOf(
  { entity }: QueriedSeries,
  labels: Record<string, string>,
): string | undefined {
  if ('ref' in entity) {
    return entity.ref;
  }
  try {
    return stringifyEntityRef(
      parseEntityRef(labels[entity.label] ?? '', {
        defaultKind: 'component',
        defaultNamespace: 'default',
      }),
    );
  } catch {
    return undefined;
  }
}
