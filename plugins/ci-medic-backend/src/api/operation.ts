import { z } from 'zod';
import { jsonSchemaOf } from './jsonSchemaOf';

/** A parameter in the path or in the query. */
export type Parameter = Record<string, unknown>;

export const path = (name: string, schema: object = text(255)): Parameter => ({
  name,
  in: 'path',
  required: true,
  schema,
});
export const query = (name: string, schema: object, description?: string) => ({
  name,
  in: 'query',
  required: false,
  schema,
  ...(description && { description }),
});

export function text(maxLength: number) {
  return { type: 'string', minLength: 1, maxLength };
}

export function whole(minimum: number, maximum: number, standard?: number) {
  return {
    type: 'integer',
    minimum,
    maximum,
    ...(standard !== undefined && { default: standard }),
  };
}

export function oneOf(...values: string[]) {
  return { type: 'string', enum: values };
}

export const entity = [path('kind'), path('namespace'), path('name')];
export const paging = [
  query('cursor', text(200), '`nextCursor` of the page before'),
  query('limit', whole(1, 100, 20)),
];
export const pipelines = [
  query('branch', text(255)),
  query('pipeline', text(255)),
];
export const attempt = whole(1, 100_000);

/** One operation of the API, as OpenAPI has it. */
export function operation(options: {
  id: string;
  summary: string;
  result?: z.ZodType;
  status?: number;
  parameters?: Parameter[];
  body?: object;
}) {
  const { id, summary, result, parameters = [], body } = options;
  const { status = 200 } = options;
  return {
    operationId: id,
    summary,
    tags: ['ci-medic'],
    parameters,
    ...(body && {
      requestBody: {
        required: false,
        content: { 'application/json': { schema: body } },
      },
    }),
    responses: {
      [status]: {
        description: result ? 'What was asked for' : 'Done',
        ...(result && {
          content: { 'application/json': { schema: jsonSchemaOf(result) } },
        }),
      },
      default: {
        description: 'An error, as Backstage tells it',
        content: { 'application/json': { schema: { type: 'object' } } },
      },
    },
  };
}

export const emptyBody = {
  type: 'object',
  additionalProperties: false,
  properties: {},
};
