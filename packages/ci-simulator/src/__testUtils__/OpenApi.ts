import Ajv, { ValidateFunction } from 'ajv';
import addFormats from 'ajv-formats';
import { readFileSync } from 'fs';

const DESCRIPTION = '@octokit/openapi/generated/api.github.com.json';

/** GitHub's published description of its REST API, to hold answers against. */
export class OpenApi {
  readonly #description: any;
  readonly #ajv: Ajv;
  readonly #validators = new Map<string, ValidateFunction>();

  private constructor(description: any) {
    this.#description = description;
    this.#ajv = new Ajv({ strict: false, allErrors: true, logger: false });
    addFormats(this.#ajv);
    this.#ajv.addSchema(toJsonSchema(description), 'github');
  }

  static create(): OpenApi {
    const file = require.resolve(DESCRIPTION);
    return new OpenApi(JSON.parse(readFileSync(file, 'utf8')));
  }

  /** What is wrong with an answer; empty when nothing is. */
  problemsOfAnswer(answer: {
    method: string;
    template: string;
    status: number;
    body: unknown;
  }): string[] {
    const { method, template, status, body } = answer;
    const operation = this.#description.paths[template]?.[method];
    if (!operation) {
      return [`GitHub has no route ${method} ${template}`];
    }
    let pointer = ['paths', template, method, 'responses', String(status)];
    let response = operation.responses[status];
    if (!response) {
      return [`GitHub does not answer ${status}`];
    }
    if (response.$ref) {
      pointer = response.$ref.split('/').slice(1);
      response = this.#description.components.responses[pointer[2]];
    }
    const schema = response.content?.['application/json']?.schema;
    if (!schema) {
      return body === undefined ? [] : [`There is a body in a ${status}`];
    }
    const path = [...pointer, 'content', 'application/json', 'schema'];
    return this.#problems(path, body);
  }

  /** What is wrong with an error; they all look the same. */
  problemsOfError(body: unknown): string[] {
    return this.#problems(['components', 'schemas', 'basic-error'], body);
  }

  /** What is wrong with a webhook's body. */
  problemsOfWebhook(event: string, action: string, body: unknown): string[] {
    const name = `webhook-${event}-${action}`.replaceAll('_', '-');
    return this.#problems(['components', 'schemas', name], body);
  }

  #problems(path: string[], body: unknown): string[] {
    const pointer = path
      .map(part => part.replaceAll('~', '~0').replaceAll('/', '~1'))
      .map(encodeURIComponent)
      .join('/');
    const validate =
      this.#validators.get(pointer) ??
      this.#ajv.compile({ $ref: `github#/${pointer}` });
    this.#validators.set(pointer, validate);
    return validate(body)
      ? []
      : validate.errors!.map(
          ({ instancePath, message, params }) =>
            `${instancePath} ${message} ${JSON.stringify(params)}`,
        );
  }
}

/**
 * OpenAPI 3.0 is not quite JSON Schema: `nullable` allows null beside an enum
 * and beside schemas that are combined.
 */
function toJsonSchema(node: any): any {
  if (Array.isArray(node)) {
    return node.map(toJsonSchema);
  }
  if (!node || typeof node !== 'object') {
    return node;
  }
  const { nullable, ...rest } = Object.fromEntries(
    Object.entries(node).map(([key, value]) => [key, toJsonSchema(value)]),
  );
  if (nullable === undefined) {
    return rest;
  }
  return nullable === true
    ? { anyOf: [{ type: 'null' }, rest] }
    : { ...rest, nullable };
}
