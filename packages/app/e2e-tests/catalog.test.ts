import { servicesOf } from './organisation';
import { expect, takePicture, test, themes } from './portal';

test('the first page says what this is, and lets people in and out', async ({
  page,
  request,
}) => {
  await page.goto('/');
  await expect(page).toHaveTitle(/CI Medic/);
  await expect(
    page.getByRole('heading', { name: 'This is a simulated organisation' }),
  ).toBeVisible();
  await expect(page.getByText('docs/connect-github.md')).toBeVisible();
  // There is no GitHub application behind the demo.
  await expect(page.getByText('Sign in with your GitHub account')).toBeHidden();

  await page.getByRole('button', { name: 'Jonas Weber' }).click();
  const sidebar = page.getByRole('navigation', { name: 'sidebar nav' });
  await expect(
    sidebar.getByRole('link', { name: 'Catalog', exact: true }),
  ).toBeVisible();
  const services = await servicesOf(request);
  expect(services.length).toBeGreaterThanOrEqual(12);
  await expect(
    page.getByRole('link', { name: services[0].title, exact: true }).first(),
  ).toBeVisible();

  await page.goto('/settings');
  await expect(page.getByText('team-storefront').first()).toBeVisible();
  await page.getByTestId('user-settings-menu').click();
  await page.getByTestId('sign-out').click();
  await expect(
    page.getByRole('heading', { name: 'This is a simulated organisation' }),
  ).toBeVisible();

  await page.getByLabel('any other user').fill('nobody.here');
  await page.getByRole('button', { name: 'Go in', exact: true }).click();
  await expect(page.getByText('Could not go in as nobody.here')).toBeVisible();
});

for (const theme of themes) {
  test.describe(theme, () => {
    test.use({ theme });

    test(`the catalog is shown ${theme}`, async ({ portal, request }) => {
      const [service] = await servicesOf(request);
      await portal.goto('/');
      await expect(
        portal.getByRole('link', { name: service.title }).first(),
      ).toBeVisible();
      await expect(portal.locator('body')).toHaveAttribute(
        'data-theme-mode',
        theme,
      );
      await takePicture({ page: portal, theme, name: 'catalog' });
    });
  });
}
