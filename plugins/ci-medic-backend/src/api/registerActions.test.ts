import { TestDatabases, mockCredentials } from '@backstage/backend-test-utils';
import { ApiScene } from './__testUtils__/ApiScene';

jest.setTimeout(120_000);

describe.each(TestDatabases.create().eachSupportedId())('actions on %s', id => {
  let scene: ApiScene;
  // Before the one of the databases, which the backend needs while it stops.
  afterAll(async () => {
    await scene.stop();
  });
  const databases = TestDatabases.create({ ids: [id as any] });

  beforeAll(async () => {
    scene = await ApiScene.start(await databases.init(id as any));
  });

  afterEach(() => scene.denied.clear());

  it('lets tools ask what people can see, and nothing else', async () => {
    const { denied, knex, actions } = scene;
    const { actions: known } = await actions.list();
    expect(known.map(({ name }) => name).sort()).toEqual([
      'ask-policy',
      'explain-incident',
      'find-incidents',
      'show-plan',
    ]);
    for (const { attributes } of known) {
      expect(attributes).toMatchObject({
        readOnly: true,
        destructive: false,
      });
    }
    const credentials = mockCredentials.user();
    const invoke = async (name: string, input: any) =>
      (await actions.invoke({ id: `test:${name}`, input, credentials }))
        .output as any;
    const { incidents } = await invoke('find-incidents', {
      entityRef: 'component:default/shop',
    });
    expect(incidents).toMatchObject([{ state: 'resolved', occurrences: 1 }]);
    const [{ id: incidentId }] = incidents;
    const explained = await invoke('explain-incident', { incidentId });
    expect(explained.evidence).toContain('error: the disk is full');
    expect(await invoke('show-plan', { incidentId })).toEqual({
      plans: expect.any(Array),
    });
    const before = await knex('remediation_decisions');
    expect(
      await invoke('ask-policy', { incidentId, action: 'rerun' }),
    ).toMatchObject({ allowed: expect.any(Boolean) });
    expect(await knex('remediation_decisions')).toEqual(before);
    expect(await knex('remediations')).toEqual([]);

    denied.add('ci-medic.entity.read');
    await expect(invoke('explain-incident', { incidentId })).rejects.toThrow();
    await expect(invoke('show-plan', { incidentId })).rejects.toThrow();
    denied.clear();
    await expect(
      invoke('find-incidents', { entityRef: 'component:default/gone' }),
    ).rejects.toThrow();
  });
});
