import { Counter, Gauge, Histogram, Registry } from 'prom-client';

const PREFIX = 'ci_medic_model_service';

/** What Prometheus is told. */
export class ServiceMetrics {
  readonly registry = new Registry();
  readonly requests = new Counter({
    name: `${PREFIX}_requests_total`,
    help: 'Requests to infer, by model, version and status',
    labelNames: ['model', 'version', 'status'],
    registers: [this.registry],
  });
  readonly seconds = new Histogram({
    name: `${PREFIX}_request_duration_seconds`,
    help: 'How long answers took, waiting included',
    labelNames: ['model'],
    buckets: [0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5],
    registers: [this.registry],
  });
  readonly batchRows = new Histogram({
    name: `${PREFIX}_batch_rows`,
    help: 'Failures that were judged together',
    buckets: [1, 2, 4, 8, 16, 32, 64],
    registers: [this.registry],
  });

  private constructor() {}

  static create(): ServiceMetrics {
    return new ServiceMetrics();
  }

  /** Names what is read each time somebody asks. */
  watch(sources: {
    waiting(): number;
    models(): { name: string; version: string; usable: boolean }[];
  }): void {
    const registers = [this.registry];
    const waiting: Gauge = new Gauge({
      name: `${PREFIX}_waiting_rows`,
      help: 'Failures that wait to be judged',
      registers,
      collect: () => waiting.set(sources.waiting()),
    });
    const models: Gauge = new Gauge({
      name: `${PREFIX}_model_usable`,
      help: 'Whether a version of a model can be used',
      labelNames: ['model', 'version'],
      registers,
      collect() {
        models.reset();
        for (const { name, version, usable } of sources.models()) {
          models.set({ model: name, version }, usable ? 1 : 0);
        }
      },
    });
  }
}
