import { Machine, RunnerPools } from '../../organisation/RunnerPools';
import { ApiProblem } from '../ApiProblem';
import {
  ApiAnswer,
  ApiRequest,
  ApiRoute,
  found,
  idOf,
  ServerContext,
} from '../ApiRoute';
import { note } from '../note';
import { pageOf } from '../paging';

type Answer = (request: ApiRequest, context: ServerContext) => ApiAnswer;

/** Self-hosted runners: of a repository, and of the organisation. */
export const runnerRoutes: ApiRoute[] = [
  '/repos/{owner}/{repo}/actions/runners',
  '/orgs/{org}/actions/runners',
].flatMap(runners => {
  const one = `${runners}/{runner_id}`;
  const labels = `${one}/labels`;
  const route = (
    method: ApiRoute['method'],
    template: string,
    answer: Answer,
  ): ApiRoute => ({ method, template, answer });
  return [
    route('get', runners, list),
    route('get', one, (request, context) => ({
      body: shape(machineOf(request, context)),
    })),
    route('delete', one, (request, context) => {
      const machine = machineOf(request, context);
      const { machines } = poolsOf(context);
      machines.splice(machines.indexOf(machine), 1);
      note(request, context, 'delete-runner', { runner: machine.name });
      return { status: 204 };
    }),
    route('get', labels, (request, context) =>
      labelList(machineOf(request, context)),
    ),
    route('post', labels, (request, context) =>
      change(request, context, machine => {
        labelsIn(request).forEach(label => machine.labels.add(label));
      }),
    ),
    route('put', labels, (request, context) =>
      change(request, context, machine => {
        machine.labels = new Set([...machine.fixed, ...labelsIn(request)]);
      }),
    ),
    route('delete', labels, (request, context) =>
      change(request, context, machine => {
        machine.labels = new Set(machine.fixed);
      }),
    ),
    route('delete', `${labels}/{name}`, (request, context) =>
      change(request, context, machine => {
        const { name } = request.parameters;
        if (machine.fixed.includes(name)) {
          throw new ApiProblem(422, `The label ${name} cannot be removed`);
        }
        found(machine.labels.delete(name) || undefined);
      }),
    ),
  ];
});

function poolsOf({ organisation }: ServerContext): RunnerPools {
  return found(organisation).pools;
}

function list(request: ApiRequest, context: ServerContext): ApiAnswer {
  const { name } = request.query;
  const all = (context.organisation?.pools.machines ?? []).filter(
    each => each.pool === 'farm' && (!name || each.name === name),
  );
  const page = pageOf(all, request, context);
  return {
    headers: page.headers,
    body: { total_count: all.length, runners: page.items.map(shape) },
  };
}

function machineOf(request: ApiRequest, context: ServerContext): Machine {
  const id = idOf(request, 'runner_id');
  const { machines } = poolsOf(context);
  return found(machines.find(each => each.id === id && each.pool === 'farm'));
}

function labelsIn({ body }: ApiRequest): string[] {
  const { labels } = body;
  if (
    !Array.isArray(labels) ||
    !labels.every(each => typeof each === 'string')
  ) {
    throw new ApiProblem(422, 'labels must be a list of names');
  }
  return labels.slice(0, 100);
}

function change(
  request: ApiRequest,
  context: ServerContext,
  apply: (machine: Machine) => void,
): ApiAnswer {
  const machine = machineOf(request, context);
  apply(machine);
  const labels = [...machine.labels];
  note(request, context, 'set-runner-labels', { runner: machine.name, labels });
  poolsOf(context).serve();
  return labelList(machine);
}

function labelList(machine: Machine): ApiAnswer {
  const { labels } = shape(machine);
  return { body: { total_count: labels.length, labels } };
}

function shape({ id, name, isBusy, labels, fixed }: Machine) {
  return {
    id,
    name,
    os: 'linux',
    status: 'online',
    busy: isBusy,
    ephemeral: false,
    labels: [...labels].map((label, index) => ({
      id: index + 1,
      name: label,
      type: fixed.includes(label) ? 'read-only' : 'custom',
    })),
  };
}
