import { headersOf, rerunnableIncident, servicesOf } from './organisation';
import { expect, goInAs, test } from './portal';

test('builds go on while one watches', async ({ request }) => {
  const headers = await headersOf(request);
  const services = await servicesOf(request);
  const newest = async () => {
    const runs = await Promise.all(
      services.map(async ({ entity }) => {
        const answer = await request.get(
          `/api/ci-medic/entities/${entity}/runs?limit=1`,
          { headers },
        );
        return (await answer.json()).items[0]?.createdAt ?? '';
      }),
    );
    return runs.sort().at(-1)!;
  };
  await expect.poll(newest, { timeout: 60_000 }).not.toBe('');
  const before = await newest();
  await expect.poll(newest, { timeout: 120_000 }).not.toBe(before);
});

test('an owner runs failed jobs again, once; others may not', async ({
  browser,
  request,
}) => {
  const { path, owner, service } = await rerunnableIncident(request);
  const rerun = /^Rerun failed jobs of attempt/;

  const stranger = await browser.newPage();
  await goInAs(stranger, 'guest');
  await stranger.goto(path);
  const refused = stranger.getByRole('button', { name: rerun }).first();
  await expect(refused).toBeDisabled();
  await expect(
    stranger.getByText(
      `Only owners may do this: group:default/${service.owner}`,
    ),
  ).toBeVisible();
  await stranger.close();

  const page = await browser.newPage();
  await goInAs(page, owner);
  await page.goto(path);
  const buttons = page.getByRole('button', { name: rerun });
  const enabled = buttons.and(page.locator(':enabled'));
  await enabled.first().click();
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /Rerun failed jobs/ })
    .click();
  const done = page.getByRole('region', { name: 'Remediation' });
  await expect(done.getByRole('status').first()).toBeVisible();
  await expect(done.getByText(/brought about attempt \d+/).first()).toBeVisible(
    {
      timeout: 60_000,
    },
  );
  await page.close();
});
