import { type Browser } from '@playwright/test';
import { headersOf, rerunnableIncident, servicesOf } from './organisation';
import { expect, goInAs, test } from './portal';

const RERUN = /^Rerun failed jobs of attempt/;

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

  const stranger = await browser.newPage();
  await goInAs(stranger, 'guest');
  await stranger.goto(path);
  const refused = stranger.getByRole('button', { name: RERUN }).first();
  await expect(refused).toBeDisabled();
  await expect(
    stranger
      .getByText(`Only owners may do this: group:default/${service.owner}`)
      .first(),
  ).toBeVisible();
  await stranger.close();

  // The organisation lives on: a newer commit may make a rerun pointless while it is asked for.
  const tried: string[] = [];
  for (let outcome = 'superseded'; outcome === 'superseded'; ) {
    const incident = tried.length
      ? await rerunnableIncident(request, tried)
      : { path, owner };
    tried.push(incident.path);
    expect(tried.length).toBeLessThan(5);
    outcome = await runAgain(browser, incident);
  }
});

/** Asks for a rerun as an owner does, and waits for what comes of it. */
async function runAgain(
  browser: Browser,
  { path, owner }: { path: string; owner: string },
): Promise<'done' | 'superseded'> {
  const page = await browser.newPage();
  await goInAs(page, owner);
  await page.goto(path);
  const enabled = page
    .getByRole('button', { name: RERUN })
    .and(page.locator(':enabled'));
  await enabled.first().click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: /Rerun failed jobs/ }).click();
  const region = page.getByRole('region', { name: 'Remediation' });
  const done = region.getByText(/brought about attempt \d+/).first();
  // Any other refusal is a failure of the test.
  const late = dialog
    .getByRole('alert')
    .filter({ hasText: /newer (?:attempt|commit)|started meanwhile/ })
    .or(region.getByText('out of date, nothing was done'))
    .first();
  await expect(done.or(late).first()).toBeVisible({ timeout: 60_000 });
  const outcome = (await done.isVisible()) ? 'done' : 'superseded';
  if (outcome === 'done') {
    await expect(
      region.getByText(new RegExp(`asked for by .*${owner}`)),
    ).toHaveCount(1);
  }
  await page.close();
  return outcome;
}
