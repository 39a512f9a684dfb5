import { type APIRequestContext } from '@playwright/test';
import { headersOf, messageInSlack } from './organisation';
import { expect, goInAs, takePicture, test, themes } from './portal';
import { breakSomething, goOn } from './remedies';
import { hasSlack, messagesOf, pressInSlack } from './slack';

// What follows wants time to pass, also when a test ends half-way.
test.afterEach(async ({ request }) => {
  await goOn(request);
});

type Press = { actor?: string; via: string; outcome: string; message: string };

async function pressesOf(
  request: APIRequestContext,
  owner: string,
  { incidentId, alertId }: { incidentId: string; alertId: string },
): Promise<Press[]> {
  const answer = await request.get(
    `/api/ci-medic/incidents/${incidentId}/alerts`,
    { headers: await headersOf(request, owner) },
  );
  const { items } = await answer.json();
  return items.find(({ id }: { id: string }) => id === alertId).presses;
}

test('a failure becomes one message in Slack; its owner acts from it, once, and nobody else', async ({
  browser,
  request,
}) => {
  test.skip(!hasSlack, 'The portal that runs already knows no Slack workspace');
  test.setTimeout(240_000);
  // Time stands still, so that nobody of the organisation repairs it meanwhile.
  const { incidentId } = await breakSomething(request, {
    ...{ kind: 'flaky_test', service: 'pricing', stops: true },
  });
  const told = await messageInSlack(request, 'rerun', incidentId);
  const { owner, stranger, path, alert } = told;
  const { destination: channel } = alert;
  const { id: button } = alert.actions.find(({ kind }) => kind === 'rerun')!;

  // The webhook of the failure has become one message in the channel of the owners.
  const [message, ...others] = await messagesOf(channel, alert.id);
  expect(others).toEqual([]);
  expect(JSON.stringify(message.blocks)).toContain(button);

  // In Slack and in the tab, somebody else is refused, with the reason.
  const inSlack = { actionId: button, channel };
  expect(await pressInSlack(request, { ...inSlack, person: stranger })).toBe(
    200,
  );
  const page = await browser.newPage();
  await goInAs(page, stranger);
  await page.goto(path);
  const shown = () =>
    page
      .getByRole('region', { name: 'Who was told' })
      .getByRole('listitem')
      .filter({ hasText: channel })
      .first();
  const rerun = async () => {
    await shown().getByRole('button', { name: 'Rerun failed jobs' }).click();
    await page
      .getByRole('dialog')
      .getByRole('button', { name: 'Rerun failed jobs' })
      .click();
  };
  await rerun();
  await expect(
    shown()
      .getByText(/Only owners may do this/)
      .first(),
  ).toBeVisible();
  await page.close();

  // The owner's click in Slack runs the jobs again, the next ones find it done.
  expect(await pressInSlack(request, { ...inSlack, person: owner })).toBe(200);
  expect(await pressInSlack(request, { ...inSlack, person: owner })).toBe(200);
  await expect
    .poll(
      async () =>
        (await pressesOf(request, owner, told))
          .map(({ actor, outcome }) => `${actor} ${outcome}`)
          .sort(),
      { timeout: 60_000 },
    )
    .toEqual(
      [
        `user:default/${owner} done`,
        `user:default/${owner} refused`,
        `user:default/${stranger} refused`,
        `user:default/${stranger} refused`,
      ].sort(),
    );
  await expect
    .poll(
      async () =>
        JSON.stringify((await messagesOf(channel, alert.id))[0].blocks),
      { timeout: 60_000 },
    )
    .not.toContain(button);
  expect(await messagesOf(channel, alert.id)).toHaveLength(1);

  // It happened once.
  await goOn(request);
  const treated = await browser.newPage();
  await goInAs(treated, owner);
  await treated.goto(path);
  const done = treated.getByRole('region', { name: 'Remediation' });
  await expect(done.getByText(/brought about attempt \d+/).first()).toBeVisible(
    { timeout: 60_000 },
  );
  await expect(
    done.getByText(new RegExp(`asked for by .*${owner}`)),
  ).toHaveCount(1);
  await treated.close();
});

for (const theme of themes) {
  test.describe(theme, () => {
    test.use({ theme });

    test(`who was told shows the message, and who would be told and why, ${theme}`, async ({
      portal,
      request,
    }) => {
      test.setTimeout(240_000);
      const { path, alert } = await messageInSlack(request);
      await portal.goto(path);
      const told = portal.getByRole('region', { name: 'Who was told' });
      const message = told.getByRole('article', { name: 'Message' }).first();
      await expect(message).toContainText(alert.title.slice(0, 60));
      await message.scrollIntoViewIfNeeded();
      await takePicture({ page: portal, theme, name: 'alert' });

      await told.getByText('Who would be told, and why').click();
      await expect(portal).toHaveURL(/\/incidents\/alerts$/);
      await expect(
        portal.getByText(/There is one message for each cause/),
      ).toBeVisible();
      await expect(portal.getByText(/Slack to/).first()).toContainText(
        'owns the entity',
      );
    });
  });
}
