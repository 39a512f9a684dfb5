import { LoggerService } from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';
import { remediationModeSchema } from '@ci-medic/plugin-ci-medic-common';
import { loadPolicy } from '@open-policy-agent/opa-wasm';
import { createHash } from 'crypto';
import { readFile } from 'fs/promises';
import { z } from 'zod';

const answerSchema = z.strictObject({
  allow: z.boolean(),
  mode: remediationModeSchema,
  approvals: z.number().int().min(0).max(10),
  reasons: z.array(z.string().max(500)).max(50),
});

/** What a policy says. */
export type PolicyAnswer = z.infer<typeof answerSchema>;

/** What a policy is asked, in the terms of the catalog. */
export type PolicyInput = {
  action: string;
  strategy?: string;
  category: string;
  sub_category?: string;
  confidence: number;
  transient: number;
  entity: {
    ref: string;
    kind: string;
    type?: string;
    lifecycle?: string;
    tier?: string;
    system?: string;
    owner?: string;
  };
  environment?: string;
  branch?: string;
  event: string;
  pipeline: string;
  attempt: number;
  cost: { minutes?: number };
  /** In the configured time zone. */
  hour: number;
  weekday: number;
  change_freeze: { active: boolean; reason?: string };
};

type Loaded =
  | { revision: string; evaluate(input: unknown): unknown }
  | { problem: string };

const no = (reason: string): PolicyAnswer => ({
  allow: false,
  mode: 'off',
  approvals: 0,
  reasons: [reason],
});

/**
 * A policy in Rego, compiled to WebAssembly. A policy that is missing, fails or answers anything but what it should
 * means no.
 */
export class RemediationPolicy {
  readonly #loading: Promise<Loaded>;

  constructor(options: {
    file: string;
    /** `data.settings` of the policy. */
    settings: object;
    logger: LoggerService;
  }) {
    this.#loading = load(options).catch(e => {
      const problem = toError(e).message;
      options.logger.error(
        `The remediation policy ${options.file} cannot be used, so nothing is allowed: ${problem}`,
      );
      return { problem };
    });
  }

  /** What is asked, or why it cannot be. */
  async state(): Promise<{ revision?: string; problem?: string }> {
    const loaded = await this.#loading;
    return 'problem' in loaded ? loaded : { revision: loaded.revision };
  }

  async decide(input: PolicyInput): Promise<PolicyAnswer> {
    const loaded = await this.#loading;
    if ('problem' in loaded) {
      return no(`There is no policy that can be asked: ${loaded.problem}`);
    }
    let results: unknown;
    try {
      results = loaded.evaluate(input);
    } catch (error) {
      return no(`The policy failed: ${toError(error).message.slice(0, 300)}`);
    }
    const answer = answerSchema.safeParse(
      Array.isArray(results) && results.length === 1
        ? (results[0] as { result?: unknown }).result
        : undefined,
    );
    return answer.success
      ? answer.data
      : no('The policy gave no answer that can be understood');
  }
}

async function load(options: {
  file: string;
  settings: object;
}): Promise<Loaded> {
  const bytes = await readFile(options.file);
  const policy = await loadPolicy(bytes);
  policy.setData({ settings: options.settings });
  const revision = createHash('sha256')
    .update(bytes)
    .update(JSON.stringify(options.settings))
    .digest('hex')
    .slice(0, 12);
  return { revision, evaluate: input => policy.evaluate(input as any) };
}
