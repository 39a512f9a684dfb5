import { IncomingMessage, ServerResponse } from 'http';

const deploymentResource = {
  ...{ name: 'deployments', singularName: 'deployment', namespaced: true },
  ...{ kind: 'Deployment', verbs: ['get', 'list', 'patch', 'watch'] },
};

const groups = {
  kind: 'APIGroupList',
  apiVersion: 'v1',
  groups: [
    {
      name: 'apps',
      versions: [{ groupVersion: 'apps/v1', version: 'v1' }],
      preferredVersion: { groupVersion: 'apps/v1', version: 'v1' },
    },
  ],
};

/**
 * As much of a cluster as `kubectl apply` and `kubectl rollout` ask for. The
 * second part of the path says how it is: `good`, `stuck`, `forbidden`.
 */
export function answerKubernetes(
  request: IncomingMessage,
  response: ServerResponse,
): void {
  const [path] = (request.url ?? '').split('?');
  const [, , mode, ...rest] = path.split('/');
  const target = `/${rest.join('/')}`;
  const send = (status: number, body: unknown) => {
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(JSON.stringify(body));
  };
  request.resume();
  if (mode === 'expired') {
    send(401, failure(401, 'Unauthorized', 'Unauthorized'));
  } else if (target === '/api') {
    send(200, { kind: 'APIVersions', versions: ['v1'] });
  } else if (target === '/apis') {
    send(200, groups);
  } else if (target === '/api/v1') {
    send(200, resources('v1', []));
  } else if (target === '/apis/apps/v1') {
    send(200, resources('apps/v1', [deploymentResource]));
  } else if (target.startsWith('/openapi')) {
    send(404, failure(404, 'NotFound', 'the server could not find it'));
  } else if (mode === 'forbidden') {
    const message =
      'deployments.apps "zebra" is forbidden: User "system:serviceaccount:ci:deployer" cannot patch resource "deployments" in API group "apps" in the namespace "staging"';
    send(403, failure(403, 'Forbidden', message));
  } else if (target.endsWith('/deployments')) {
    const list = { kind: 'DeploymentList', apiVersion: 'apps/v1' };
    const metadata = { resourceVersion: '7' };
    send(200, { ...list, metadata, items: [deployment(mode)] });
  } else {
    send(200, deployment(mode));
  }
}

function resources(groupVersion: string, list: unknown[]) {
  const kind = 'APIResourceList';
  return { kind, apiVersion: 'v1', groupVersion, resources: list };
}

function failure(code: number, reason: string, message: string) {
  const kind = 'Status';
  return { kind, apiVersion: 'v1', status: 'Failure', code, reason, message };
}

function deployment(mode: string) {
  const isGood = mode === 'good';
  return {
    ...{ kind: 'Deployment', apiVersion: 'apps/v1' },
    metadata: {
      ...{ name: 'zebra', namespace: 'staging', generation: 2 },
      ...{ uid: '1', resourceVersion: '7' },
    },
    spec: {
      replicas: 3,
      selector: { matchLabels: { app: 'zebra' } },
      template: {
        metadata: { labels: { app: 'zebra' } },
        spec: { containers: [{ name: 'zebra', image: 'zebra:1' }] },
      },
    },
    status: {
      observedGeneration: 2,
      ...{ replicas: isGood ? 3 : 4, updatedReplicas: isGood ? 3 : 1 },
      ...{ readyReplicas: 3, availableReplicas: 3 },
      unavailableReplicas: isGood ? 0 : 1,
      conditions:
        mode === 'deadline'
          ? [
              {
                ...{ type: 'Progressing', status: 'False' },
                reason: 'ProgressDeadlineExceeded',
              },
            ]
          : [],
    },
  };
}
