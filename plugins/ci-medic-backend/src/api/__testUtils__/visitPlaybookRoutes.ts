import {
  insightsSchema,
  playbookDifferenceSchema,
  playbookDocsSchema,
  playbookSchema,
} from '@ci-medic/plugin-ci-medic-common';
import { Knex } from 'knex';
import { z } from 'zod';

type Answer = <T>(
  operation: string,
  schema: z.ZodType<T>,
  path: string,
  method?: any,
  body?: object,
) => Promise<T>;

/** Visits the routes of playbooks and trends of the component `shop`, whose failure has a playbook. */
export async function visitPlaybookRoutes(options: {
  shop: string;
  incidentId: string;
  knex: Knex;
  answer: Answer;
}): Promise<void> {
  const { shop, incidentId, knex, answer } = options;
  const { items } = await answer(
    'listPlaybooks',
    z.object({ items: z.array(playbookSchema) }),
    `${shop}/playbooks`,
  );
  const [{ id, struck }] = items;
  expect(struck.map(({ entityRef }) => entityRef)).toEqual([
    'component:default/shop',
  ]);
  expect(
    await answer(
      'getIncidentPlaybook',
      z.object({ playbookId: z.string(), title: z.string() }),
      `incidents/${incidentId}/playbook`,
    ),
  ).toMatchObject({ playbookId: id });
  await answer('getPlaybook', playbookSchema, `playbooks/${id}`);
  const difference = await answer(
    'getPlaybookDifference',
    playbookDifferenceSchema,
    `playbooks/${id}/versions/1`,
  );
  expect(difference.lines.length).toBeGreaterThan(0);
  const written = await answer(
    'savePlaybookNotes',
    playbookSchema,
    `playbooks/${id}/notes`,
    'put',
    { version: 0, text: 'Ask Ada' },
  );
  expect(written.notes).toMatchObject({
    ...{ text: 'Ask Ada', version: 1, actor: 'user:default/mock' },
  });
  await knex('entity_projects')
    .where({ entity_ref: 'component:default/shop' })
    .update({ owner_ref: 'group:default/team' });
  const owners = await answer(
    'listPlaybookDocs',
    z.object({ items: z.array(playbookDocsSchema.omit({ files: true })) }),
    'playbook-docs',
  );
  expect(owners.items).toMatchObject([{ owner: 'group:default/team' }]);
  const docs = await answer(
    'getPlaybookDocs',
    playbookDocsSchema,
    'playbook-docs/group/default/team',
  );
  expect(docs.files).toHaveLength(3);
  const insights = await answer(
    'getInsights',
    insightsSchema,
    'insights?days=28',
  );
  expect(insights.entityRefs).toEqual(['component:default/shop']);
}
