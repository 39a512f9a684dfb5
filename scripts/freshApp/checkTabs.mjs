import { chromium, expect } from '@playwright/test';

/**
 * Goes in as a guest and looks whether a service has both tabs with something
 * in them.
 *
 * @param service - name of a component in the catalog
 */
export async function checkTabs({ address, service, program, pictures }) {
  const browser = await chromium.launch({
    executablePath: program,
    args: ['--disable-dev-shm-usage'].concat(
      process.getuid?.() === 0 ? ['--no-sandbox'] : [],
    ),
  });
  try {
    const page = await browser.newPage({
      viewport: { width: 1440, height: 900 },
    });
    const patient = expect.configure({ timeout: 120_000 });
    await page.goto(`${address}/catalog/default/component/${service}`);
    await page.getByRole('button', { name: 'Enter' }).click();
    for (const { title, path, content } of [
      { title: 'CI health', path: 'ci-health', content: /success rate/i },
      { title: 'Incidents', path: 'incidents', content: /open|resolved/i },
    ]) {
      const tab = page
        .getByRole('tab', { name: title })
        .or(page.getByRole('link', { name: title }))
        .first();
      await patient(tab).toBeVisible();
      await tab.click();
      await patient(page).toHaveURL(new RegExp(`/${path}`));
      await patient(page.getByText(content).first()).toBeVisible();
      await page.screenshot({ path: `${pictures}/${path}.png` });
    }
  } catch (error) {
    const [page] = browser.contexts().flatMap(context => context.pages());
    await page?.screenshot({ path: `${pictures}/failed.png` });
    throw error;
  } finally {
    await browser.close();
  }
}
