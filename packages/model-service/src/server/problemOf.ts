import { ZodError } from 'zod';
import { QueueFullError } from '../serving/BatchQueue';
import { BadRequestError } from './inferRequest';

/** The status and the sentence for whatever went wrong; what is inside stays inside. */
export function problemOf(error: any): { status: number; message: string } {
  if (error instanceof QueueFullError) {
    return { status: 429, message: error.message };
  }
  if (error instanceof ZodError) {
    const [{ path, message }] = error.issues;
    return { status: 400, message: `${path.join('.')}: ${message}` };
  }
  if (error instanceof BadRequestError) {
    return { status: 400, message: error.message };
  }
  const status = Number(error?.status);
  return status >= 400 && status < 500
    ? { status, message: String(error.message) }
    : { status: 500, message: 'The model could not answer' };
}
