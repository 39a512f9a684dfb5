import { ErrorRequestHandler } from 'express';
import { ApiProblem } from './ApiProblem';

/** Tells clients of errors in GitHub's words. */
export const answerProblem: ErrorRequestHandler = (
  error,
  _request,
  response,
  _next,
) => {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  const problem =
    error instanceof ApiProblem
      ? error
      : new ApiProblem(error.status ?? 500, error.message ?? 'Server Error');
  response.status(problem.status).set(problem.headers).json(problem.body());
};
