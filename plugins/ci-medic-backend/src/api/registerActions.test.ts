import { mockCredentials } from '@backstage/backend-test-utils';
import { describeApi } from './__testUtils__/describeApi';

describeApi('actions', use => {
  it('lets tools ask what people can see, and nothing else', async () => {
    const { denied, knex, actions } = use();
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
