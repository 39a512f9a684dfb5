import { Request } from 'express';
import { setTimeout as sleep } from 'timers/promises';
import { chanceOf } from '../engine/random';
import { ApiProblem } from './ApiProblem';
import { ApiAnswer, ApiRequest, ApiRoute, ServerContext } from './ApiRoute';

/**
 * Makes a change, with what a fault makes of it.
 *
 * @returns nothing where the connection was cut
 */
export async function changeWorld(options: {
  route: ApiRoute;
  context: ServerContext;
  asked: ApiRequest;
  request: Request;
}): Promise<ApiAnswer | undefined> {
  const { route, context, asked, request } = options;
  const fault = context.faults.takeForMutation(request.method, asked.path);
  switch (fault?.kind) {
    case 'fail-before':
      if (fault.drop) {
        request.socket.destroy();
        return undefined;
      }
      throw new ApiProblem(fault.status, 'Server Error');
    case 'execute-then-drop':
      // A refusal changes nothing, so that it may be told.
      await route.answer({ ...asked, fault: fault.kind }, context);
      request.socket.destroy();
      return undefined;
    case 'act-late':
      await context.faults.late(async () => {
        await sleep(fault.dropAfter, undefined, { ref: false });
        request.socket.destroy();
        await sleep(waitOf(fault), undefined, { ref: false });
        // Nobody listens any more, to refusals neither.
        try {
          await route.answer({ ...asked, fault: fault.kind }, context);
        } catch (error) {
          if (!(error instanceof ApiProblem)) {
            throw error;
          }
        }
      });
      return undefined;
    default:
      return route.answer(asked, context);
  }
}

function waitOf(fault: {
  id: number;
  hits: number;
  seed?: string | number;
  milliseconds: number;
  atMost?: number;
}): number {
  const { milliseconds, atMost = milliseconds } = fault;
  const range = Math.max(0, atMost - milliseconds);
  return (
    milliseconds +
    chanceOf('late', fault.seed ?? 0, fault.id, fault.hits) * range
  );
}
