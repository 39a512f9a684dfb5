import { LoggerService } from '@backstage/backend-plugin-api';
import { DiagnosisInput, modelFeatures, ModelInput } from '@ci-medic/diagnosis';
import {
  BrokenCircuitError,
  circuitBreaker,
  ConsecutiveBreaker,
  handleAll,
  TaskCancelledError,
  timeout,
  TimeoutStrategy,
  wrap,
} from 'cockatiel';
import { ModelConfig } from './DiagnosisConfig';
import { readInferenceAnswer } from './inferenceAnswer';

const FAILURES_UNTIL_OPEN = 5;
const HALF_OPEN_AFTER_MS = 30_000;
const LARGEST_ANSWER = 256 * 1024;
const REASON_LENGTH = 200;

/**
 * Asks a server of the Open Inference Protocol v2, over REST. It never throws: what does not answer in time and in shape
 * is missing, with the reason. After five failures it is left alone, and tried once every 30 seconds.
 */
export class ModelClient {
  readonly #config: ModelConfig;
  readonly #logger: LoggerService;
  readonly #breaker = circuitBreaker(handleAll, {
    halfOpenAfter: HALF_OPEN_AFTER_MS,
    breaker: new ConsecutiveBreaker(FAILURES_UNTIL_OPEN),
  });
  readonly #policy;

  constructor(options: { config: ModelConfig; logger: LoggerService }) {
    this.#config = options.config;
    this.#logger = options.logger;
    this.#policy = wrap(
      this.#breaker,
      timeout(options.config.timeoutMs, TimeoutStrategy.Aggressive),
    );
    this.#breaker.onBreak(() =>
      this.#logger.warn(
        'The model does not answer and is left alone for a while; signatures and history answer without it',
      ),
    );
    this.#breaker.onReset(() => this.#logger.info('The model answers again'));
  }

  async classify(
    input: DiagnosisInput,
    stop: AbortSignal,
  ): Promise<ModelInput> {
    const { text, features } = modelFeatures(input);
    try {
      return await this.#policy.execute(async ({ signal }) => {
        const body = await this.#ask('infer', signal, {
          inputs: [
            { name: 'text', datatype: 'BYTES', shape: [1, 1], data: [text] },
            {
              ...{ name: 'features', datatype: 'FP32' },
              shape: [1, features.length],
              data: Array.from(features),
            },
          ],
        });
        return readInferenceAnswer(body);
      }, stop);
    } catch (error) {
      stop.throwIfAborted();
      const missing = reasonOf(error);
      if (!(error instanceof BrokenCircuitError)) {
        this.#logger.warn(`No answer of the model counts: ${missing}`);
      }
      return { missing };
    }
  }

  /** Whether it is worth asking. While it is left alone, nothing is sent. */
  async isReady(): Promise<boolean> {
    try {
      await this.#policy.execute(({ signal }) => this.#ask('ready', signal));
      return true;
    } catch {
      return false;
    }
  }

  async #ask(
    what: 'infer' | 'ready',
    signal: AbortSignal,
    body?: object,
  ): Promise<unknown> {
    const { url, name, version } = this.#config;
    const path = [
      ...['v2', 'models', name],
      ...(version ? ['versions', version] : []),
      what,
    ];
    const response = await fetch(
      `${url}/${path.map(encodeURIComponent).join('/')}`,
      {
        signal,
        redirect: 'error',
        ...(body && {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify(body),
        }),
      },
    );
    if (!response.ok) {
      await response.body?.cancel();
      throw new Error(`The model's server answered ${response.status}`);
    }
    const text = await readBounded(response);
    return what === 'ready' ? undefined : JSON.parse(text);
  }
}

async function readBounded(response: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += chunk.length;
    if (size > LARGEST_ANSWER) {
      throw new Error(`The answer is larger than ${LARGEST_ANSWER} bytes`);
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString();
}

function reasonOf(error: unknown): string {
  if (error instanceof BrokenCircuitError) {
    return 'The model does not answer and is left alone for a while';
  }
  const { name, message, cause } = error as Error;
  if (error instanceof TaskCancelledError || name === 'AbortError') {
    return 'The model did not answer in time';
  }
  if (error instanceof SyntaxError) {
    return 'The answer is not JSON';
  }
  const reason =
    message === 'fetch failed'
      ? `The model cannot be reached: ${(cause as Error)?.message ?? ''}`
      : message;
  return reason.slice(0, REASON_LENGTH);
}
