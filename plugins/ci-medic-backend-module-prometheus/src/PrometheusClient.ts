import { ResponseError } from '@backstage/errors';
import { z } from 'zod';

/** More text than this is not read. */
const MOST_BYTES = 20 * 1024 ** 2;

const answerSchema = z.object({
  status: z.literal('success'),
  data: z.object({
    resultType: z.literal('matrix'),
    result: z.array(
      z.object({
        metric: z.record(z.string(), z.string()),
        values: z.array(z.tuple([z.number(), z.string()])).optional(),
      }),
    ),
  }),
});

/** One of the series that a query gave. */
export type PrometheusSeries = {
  labels: Record<string, string>;
  points: { at: Date; value: number }[];
};

/**
 * Asks a Prometheus server.
 */
export class PrometheusClient {
  readonly #url: string;
  readonly #token?: string;

  constructor(options: { url: string; token?: string }) {
    this.#url = options.url;
    this.#token = options.token;
  }

  /** Values of a query at `start` and then every step, up to `end`. */
  async queryRange(request: {
    query: string;
    start: Date;
    end: Date;
    stepMs: number;
    signal: AbortSignal;
  }): Promise<PrometheusSeries[]> {
    const { query, start, end, stepMs, signal } = request;
    const response = await fetch(`${this.#url}/api/v1/query_range`, {
      method: 'POST',
      // A redirect could lead the token elsewhere.
      redirect: 'error',
      signal,
      headers: {
        'Content-Type': 'application/x-www-form-urlencoded',
        ...(this.#token && { Authorization: `Bearer ${this.#token}` }),
      },
      body: new URLSearchParams({
        query,
        start: String(start.getTime() / 1_000),
        end: String(end.getTime() / 1_000),
        step: String(stepMs / 1_000),
      }),
    });
    if (!response.ok) {
      throw await ResponseError.fromResponse(response);
    }
    const answer = answerSchema.parse(JSON.parse(await limitedText(response)));
    return answer.data.result.map(({ metric, values = [] }) => ({
      labels: metric,
      points: values.map(([seconds, value]) => ({
        at: new Date(seconds * 1_000),
        value: Number(value),
      })),
    }));
  }
}

async function limitedText(response: Response): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  let bytes = 0;
  for await (const chunk of response.body as unknown as AsyncIterable<Uint8Array>) {
    bytes += chunk.length;
    if (bytes > MOST_BYTES) {
      throw new Error(`The answer is larger than ${MOST_BYTES} bytes`);
    }
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}
