import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import { ConflictError } from '@backstage/errors';
import { createMockActionContext } from '@backstage/plugin-scaffolder-node-test-utils';
import { createFollowAction } from './createFollowAction';
import { createRemediateAction } from './createRemediateAction';

const occurrence = { runId: 'run', attempt: 2 };

function remediation(state: string, ...events: string[]) {
  return {
    ...{ id: 'r1', incidentId: 'i1', action: 'rerun', ...occurrence, state },
    reason: 'The job failed again',
    newAttempt: 3,
    events: events.map((message, index) => ({
      ...{ id: String(index), state, message },
    })),
  };
}

function scene(states: string[] = ['calling', 'succeeded']) {
  const left = [...states];
  const api = {
    getIncident: jest.fn(async () => ({
      incident: { title: 'A test failed' },
      occurrences: [occurrence, { runId: 'older', attempt: 1 }],
    })),
    requestRemediation: jest.fn(async () => ({ id: 'r1' })),
    listRemediations: jest.fn(async () => ({
      items: [] as object[],
      options: [
        { action: 'rerun', ...occurrence, allowed: false, reason: 'A fork' },
      ],
    })),
    getRemediation: jest.fn(async () =>
      remediation(left.length > 1 ? left.shift()! : left[0], 'It began'),
    ),
  };
  const auth = mockServices.auth({ pluginId: 'scaffolder' });
  const action = createRemediateAction({
    ...{ action: 'rerun', description: 'Runs it again', everyMs: 1 },
    ...{ api: api as any, auth },
  });
  const context = (input: object, more?: object) => ({
    ...createMockActionContext({ input: input as any }),
    getInitiatorCredentials: async () => mockCredentials.user('user:default/a'),
    ...more,
  });
  return { api, auth, action, context };
}

describe('ci-medic:remediate', () => {
  it('asks as the person who started the task, and watches to the end', async () => {
    const { api, action, context } = scene();
    const ctx = context({ incidentId: 'i1' });
    await action.handler(ctx as any);
    expect(api.requestRemediation).toHaveBeenCalledTimes(1);
    expect(api.requestRemediation).toHaveBeenCalledWith(
      { incidentId: 'i1', action: 'rerun', ...occurrence },
      expect.objectContaining({
        token: mockCredentials.service.token({
          onBehalfOf: mockCredentials.user('user:default/a'),
          targetPluginId: 'ci-medic',
        }),
      }),
    );
    expect(ctx.output).toHaveBeenCalledWith('state', 'succeeded');
    expect(ctx.output).toHaveBeenCalledWith('newAttempt', 3);
  });

  it('asks only once when the task goes on after a crash', async () => {
    const { api, action, context } = scene();
    const kept = new Map<string, any>();
    const checkpoint = async ({ key, fn }: any) => {
      kept.set(key, kept.get(key) ?? (await fn()));
      return kept.get(key);
    };
    await action.handler(context({ incidentId: 'i1' }, { checkpoint }) as any);
    await action.handler(context({ incidentId: 'i1' }, { checkpoint }) as any);
    expect(api.requestRemediation).toHaveBeenCalledTimes(1);
  });

  it('fails with the reason when it did not help', async () => {
    const { action, context } = scene(['verifying', 'failed']);
    await expect(
      action.handler(context({ incidentId: 'i1' }) as any),
    ).rejects.toThrow('It ended as failed: The job failed again');
  });

  it('waits until others agreed, and not for ever', async () => {
    const { api, action, context } = scene();
    api.requestRemediation.mockRejectedValue(
      new ConflictError('It is planned, and others have to agree first'),
    );
    await expect(
      action.handler(context({ incidentId: 'i1', waitMinutes: 0 }) as any),
    ).rejects.toThrow(/Nobody agreed in time/);
    api.listRemediations.mockResolvedValue({
      items: [remediation('approved')],
      options: [],
    });
    await action.handler(context({ incidentId: 'i1' }) as any);
    expect(api.getRemediation).toHaveBeenCalled();
  });

  it('says in a dry run what would be, and asks for nothing', async () => {
    const { api, action, context } = scene();
    const ctx = context({ incidentId: 'i1' }, { isDryRun: true });
    const info = jest.spyOn(ctx.logger, 'info');
    await action.handler(ctx as any);
    expect(api.requestRemediation).not.toHaveBeenCalled();
    expect(info).toHaveBeenCalledWith('It would be refused: A fork');
  });

  it('takes only runs that belong to the incident', async () => {
    const { action, context } = scene();
    await expect(
      action.handler(context({ incidentId: 'i1', runId: 'other' }) as any),
    ).rejects.toThrow(/No such run of the incident/);
  });
});

describe('ci-medic:remediate:follow', () => {
  it('watches as the portal itself', async () => {
    const { api, auth } = scene();
    const action = createFollowAction({ api: api as any, auth, everyMs: 1 });
    const ctx = createMockActionContext({ input: { remediationId: 'r1' } });
    await action.handler(ctx as any);
    expect(ctx.output).toHaveBeenCalledWith('state', 'succeeded');
  });
});
