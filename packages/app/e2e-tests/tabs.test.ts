import { expect, takePicture, test, themes } from './portal';
import { brokenService, failedRun } from './organisation';

for (const theme of themes) {
  test.describe(theme, () => {
    test.use({ theme });

    test(`CI health shows how a service builds, ${theme}`, async ({
      portal,
      request,
    }) => {
      const service = await brokenService(request);
      await portal.goto(service.path);
      await portal
        .getByRole('link', { name: 'CI health', exact: true })
        .click();

      await expect(portal).toHaveURL(/\/ci-health/);
      await expect(portal.getByText('Success rate').first()).toBeVisible();
      await expect(portal.getByText('Queue time').first()).toBeVisible();
      const runs = portal.getByRole('grid').last().getByRole('row');
      await expect(runs.nth(1)).toBeVisible();
      await takePicture({ page: portal, theme, name: 'ci-health' });
    });

    test(`Incidents shows what is broken, ${theme}`, async ({
      portal,
      request,
    }) => {
      const service = await brokenService(request);
      await portal.goto(`${service.path}/incidents?state=all`);

      const incidents = portal.getByRole('grid').getByRole('row');
      await expect(incidents.nth(1)).toBeVisible();
      await takePicture({ page: portal, theme, name: 'incidents' });

      await incidents.nth(1).getByRole('link').first().click();
      for (const title of ['Evidence', 'Timeline', 'Occurrences']) {
        await expect(
          portal.getByRole('heading', { name: title }).first(),
        ).toBeVisible();
      }
      await expect(portal.getByText(/^Lines? \d+/).first()).toBeVisible();
      await takePicture({ page: portal, theme, name: 'incident' });
    });
  });
}

test('a failed run shows the lines that explain it', async ({
  portal,
  request,
}) => {
  await portal.goto(await failedRun(request));

  await expect(
    portal.getByRole('heading', { name: 'Lines that explain the failure' }),
  ).toBeVisible();
  await expect(portal.getByText(/^Lines? \d+/).first()).toBeVisible();
  await takePicture({ page: portal, theme: 'light', name: 'run' });
});
