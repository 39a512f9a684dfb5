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
    case 'act-late': {
      const { milliseconds, atMost = milliseconds, dropAfter } = fault;
      const range = Math.max(0, atMost - milliseconds);
      await sleep(dropAfter, undefined, { ref: false });
      request.socket.destroy();
      const wait =
        milliseconds +
        chanceOf('late', fault.seed ?? 0, fault.id, fault.hits) * range;
      await sleep(wait, undefined, { ref: false });
      // Nobody listens any more, to refusals neither.
      try {
        await route.answer({ ...asked, fault: fault.kind }, context);
      } catch (error) {
        if (!(error instanceof ApiProblem)) {
          throw error;
        }
      }
      return undefined;
    }
    default:
      return route.answer(asked, context);
  }
}
