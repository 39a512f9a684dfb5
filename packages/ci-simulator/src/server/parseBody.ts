import { z } from 'zod';
import { ApiProblem } from './ApiProblem';

/** What a client sent, or the refusal that says what is wrong with it. */
export function parseBody<Schema extends z.ZodType>(
  schema: Schema,
  body: unknown,
): z.output<Schema> {
  const result = schema.safeParse(body);
  if (!result.success) {
    const [issue] = result.error.issues;
    throw new ApiProblem(422, `${issue.path.join('.')}: ${issue.message}`);
  }
  return result.data;
}
