import { type Browser } from '@playwright/test';
import { headersOf, ownerOf } from './organisation';
import { expect, goInAs, test } from './portal';
import {
  approve,
  askSimulator,
  breakSomething,
  goOn,
  hasSimulator,
  planOf,
  remedyOf,
} from './remedies';

test.skip(!hasSimulator, 'The simulator of the portal that runs is not known');

const operator = 'ines.dubois';

type Ledger = {
  entries: { action: string; repository: string; details?: object }[];
};

async function pageOf(browser: Browser, user: string, path: string) {
  const page = await browser.newPage();
  await goInAs(page, user);
  await page.goto(path);
  return page;
}

test('a flaky test of a service of little weight is run again without anybody, and its incident is resolved', async ({
  browser,
  request,
}) => {
  test.setTimeout(240_000);
  // Nothing is automatic before an operator says so.
  const control = await pageOf(browser, operator, '/ci-remediation');
  const modes = control.getByRole('region', { name: 'Modes' });
  await modes.getByRole('button', { name: /Category$/ }).click();
  await control.getByRole('option', { name: 'flaky_test' }).click();
  await modes.getByRole('button', { name: /Action$/ }).click();
  await control.getByRole('option', { name: 'Rerun failed jobs' }).click();
  await modes.getByRole('textbox', { name: 'Tier' }).fill('3');
  await modes.getByRole('button', { name: / Mode$/ }).click();
  await control.getByRole('option', { name: 'automatic' }).click();
  await modes.getByRole('button', { name: 'Set mode' }).click();
  await expect(
    modes.getByRole('row', { name: /flaky_test.*rerun.*3.*automatic/ }),
  ).toBeVisible();
  await control.close();

  const { path } = await breakSomething(request, {
    ...{ kind: 'flaky_test', service: 'recommendations' },
  });
  const page = await pageOf(browser, 'guest', path);
  const remedy = remedyOf(page);
  await expect(
    remedy.getByText(/brought about attempt \d+/).first(),
  ).toBeVisible({ timeout: 90_000 });
  await expect(remedy.getByText(/asked for by ci-medic/).first()).toBeVisible();
  await expect(remedy.getByText(/^Attempt \d+ passed/).first()).toBeVisible({
    timeout: 90_000,
  });
  await expect(page.getByText('Resolved').first()).toBeVisible({
    timeout: 90_000,
  });
  await page.close();
});

test('a bad deployment is rolled back when two owners agree, and nobody else can', async ({
  browser,
  request,
}) => {
  test.setTimeout(300_000);
  const { path } = await breakSomething(request, {
    ...{ kind: 'bad_deployment', service: 'checkout', stops: true },
  });
  try {
    const stranger = await pageOf(browser, 'noah.smith', path);
    const plan = planOf(stranger);
    await expect(
      plan.getByText(/^Deploys .*healthy since/).first(),
    ).toBeVisible({
      timeout: 60_000,
    });
    await expect(
      plan.getByRole('button', { name: 'Approve: Roll back' }),
    ).toBeDisabled();
    await expect(
      plan.getByText('Only owners may do this: group:default/team-storefront'),
    ).toBeVisible();
    await stranger.close();

    const first = await pageOf(browser, 'jonas.weber', path);
    await approve(first, 'Roll back');
    await expect(
      planOf(first)
        .getByText(/1 of 2 approvals/)
        .first(),
    ).toBeVisible();
    await expect(
      remedyOf(first).getByText('Nothing was done about this incident'),
    ).toBeVisible();
    await first.close();
    const second = await pageOf(browser, 'amara.nwosu', path);
    await approve(second, 'Roll back');
    await goOn(request);
    await expect(
      remedyOf(second)
        .getByText(/production runs .* again.*None of \d+ series/)
        .first(),
    ).toBeVisible({ timeout: 180_000 });
    await second.close();
  } finally {
    await goOn(request);
  }
});

test('a machine without disk is taken out of service, the jobs pass on another one, and its owner puts it back', async ({
  browser,
  request,
}) => {
  test.setTimeout(300_000);
  const { path, service } = await breakSomething(request, {
    ...{ kind: 'disk_full', stops: true },
  });
  try {
    const page = await pageOf(browser, await ownerOf(request, service), path);
    await approve(page, 'Rerun on another runner');
    await goOn(request);
    const remedy = remedyOf(page);
    await expect(
      remedy
        .getByText(/passed on farm-\d+.*None of \d+ later jobs? on/)
        .first(),
    ).toBeVisible({ timeout: 180_000 });
    await remedy
      .getByRole('button', { name: /^Undo: / })
      .first()
      .click();
    await expect(
      remedy.getByText(/^farm-\d+ has its labels/).first(),
    ).toBeVisible({ timeout: 60_000 });
    await page.close();
  } finally {
    await goOn(request);
  }
});

test('a canary confirms the commit that is suspected', async ({
  browser,
  request,
}) => {
  test.setTimeout(300_000);
  const { path } = await breakSomething(request, {
    ...{ kind: 'regression', service: 'identity' },
  });
  const page = await pageOf(browser, operator, path);
  await approve(page, 'Compare the suspect with its parent');
  await expect(page.getByText('confirmed by a rerun').first()).toBeVisible({
    timeout: 240_000,
  });
  await page.close();
  // It ran on branches of its own, and left none of them.
  const { entries } = await askSimulator<Ledger>(request, 'get', 'ledger');
  const branches = (action: string) =>
    entries
      .filter(each => each.action === action)
      .filter(({ repository }) => repository === 'meridian/identity')
      .map(({ details }) => JSON.stringify(details))
      .filter(details => details.includes('ci-medic/canary/'));
  expect(branches('create-ref').length).toBeGreaterThanOrEqual(2);
  expect(branches('delete-ref')).toHaveLength(branches('create-ref').length);
});

test('the kill switch stops what is half-way, on every screen, until it is lifted', async ({
  browser,
  request,
}) => {
  test.setTimeout(300_000);
  const { path } = await breakSomething(request, {
    ...{ kind: 'regression', service: 'edge-proxy' },
  });
  // Each step takes long enough for a person to change their mind.
  await askSimulator(request, 'post', 'faults', {
    kind: 'latency',
    ...{ path: '/repos/*/*/actions/workflows/*/dispatches', method: 'POST' },
    ...{ milliseconds: 3_000, count: 100 },
  });
  const control = await pageOf(browser, operator, '/ci-remediation');
  const stop = control.getByRole('region', { name: 'Kill switch' });
  await stop.getByRole('textbox', { name: 'Reason' }).fill('Something is odd');
  try {
    const page = await pageOf(browser, operator, path);
    await approve(page, 'Compare the suspect with its parent');
    const remedy = remedyOf(page);
    await expect(
      remedy.getByText(/Steps: [2-9] of \d+ done/).first(),
    ).toBeVisible({ timeout: 60_000 });
    await stop.getByRole('button', { name: 'Stop', exact: true }).click();
    await expect(
      remedy
        .getByText(
          /kill switch stops everything.*Already done: Make the branch/,
        )
        .first(),
    ).toBeVisible({ timeout: 60_000 });
    await expect(
      page.getByText('The kill switch is on: nothing is done about failures'),
    ).toBeVisible();
    const begun = await askSimulator<Ledger>(request, 'get', 'ledger');
    await control
      .getByRole('button', { name: /^Lift the kill switch/ })
      .first()
      .click();
    await expect(stop.getByText('No kill switch is on.')).toBeVisible();
    // It does not wake up again by itself.
    const later = await askSimulator<Ledger>(request, 'get', 'ledger');
    const ofCanary = ({ entries }: Ledger) =>
      entries.filter(({ repository }) => repository === 'meridian/edge-proxy');
    expect(ofCanary(later)).toEqual(ofCanary(begun));
    expect(ofCanary(later).length).toBeLessThan(14);
    await page.close();
  } finally {
    await askSimulator(request, 'delete', 'faults');
  }
  await control.close();
});

test('a failure that recurs has a page in the documentation', async ({
  browser,
  request,
}) => {
  test.setTimeout(240_000);
  const headers = await headersOf(request, 'jonas.weber');
  let playbook: { id: string; title: string } | undefined;
  await expect
    .poll(
      async () => {
        const answer = await request.get(
          '/api/ci-medic/entities/component/default/checkout/playbooks',
          { headers },
        );
        playbook = (await answer.json()).items?.[0];
        return playbook?.id;
      },
      { timeout: 120_000 },
    )
    .toBeDefined();
  const page = await pageOf(
    browser,
    'jonas.weber',
    `/catalog/default/component/checkout/playbooks/${playbook!.id}`,
  );
  const link = page.getByRole('link', { name: 'In the documentation' });
  await expect(async () => {
    await page.reload();
    await expect(link).toBeVisible({ timeout: 5_000 });
  }).toPass({ timeout: 90_000 });
  await link.click();
  await expect(page).toHaveURL(/\/docs\/default\/component\/ci-playbooks-/);
  await expect(
    page.getByRole('heading', { name: 'Symptom' }).first(),
  ).toBeVisible({ timeout: 120_000 });
  await page.close();
});
