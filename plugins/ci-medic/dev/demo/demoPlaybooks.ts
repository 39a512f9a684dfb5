import { Playbook, wilsonInterval } from '@ci-medic/plugin-ci-medic-common';

const at = (hours: number) =>
  new Date(Date.now() - hours * 3_600_000).toISOString();

/** A playbook of a test that fails now and then. */
export const demoPlaybook: Playbook = {
  id: 'cart',
  title: 'Cart › adds an item: expected 1, received 2',
  category: 'flaky_test',
  subCategory: 'flaky_test.timing',
  kind: 'Timing',
  description: 'The test depends on how fast something happens.',
  steps: [
    'Run the test a hundred times with the seed of the failed run.',
    'Wait for the event instead of for a time.',
  ],
  evidence: [
    'FAIL src/cart.test.ts',
    '  ● Cart › adds an item',
    '    expect(received).toBe(expected)',
  ],
  causes: [{ title: 'npm package jsdom', count: 2 }],
  unusual: [{ title: 'CI / unit: queue went up', count: 2 }],
  remedies: [{ action: 'rerun', success: wilsonInterval(6, 7) }],
  fixes: [{ text: 'Waited for the dialog', at: at(300) }],
  struck: [
    {
      entityRef: 'component:default/shop',
      owner: 'group:default/shop',
      occurrences: 14,
      lastAt: at(3),
    },
  ],
  others: 1,
  incidents: [
    {
      id: 'cart',
      entityRef: 'component:default/shop',
      title: 'Cart › adds an item: expected 1, received 2',
      state: 'open',
      at: at(3),
    },
  ],
  ...{ occurrences: 14, incidentCount: 3, days: 90 },
  ...{ firstAt: at(900), lastAt: at(3), version: 2, updatedAt: at(30) },
  versions: [
    { version: 2, at: at(30), reason: 'Changed: fixes' },
    { version: 1, at: at(500), reason: 'It came again often enough' },
  ],
};
