import { expect, test as base, type Page } from '@playwright/test';
import { mkdir } from 'node:fs/promises';
import { resolve } from 'node:path';

export { expect } from '@playwright/test';

/** The two looks that every page must have. */
export const themes = ['light', 'dark'] as const;

/** One of the looks. */
export type Theme = (typeof themes)[number];

type Fixtures = {
  /** Name of the user as whom one is in; `test.use({ visitor: 'jonas.weber' })`. */
  visitor: string;
  /** Look of the portal in this test; `test.use({ theme: 'dark' })`. */
  theme: Theme;
  /** A page on which the visitor has signed in already. */
  portal: Page;
};

/**
 * Playwright's `test` with a portal in front of a guest, or of whom it says.
 *
 * @example
 * test('shows the runs', async ({ portal }) => {
 *   await portal.goto('/catalog/default/component/checkout/ci-health');
 * });
 */
export const test = base.extend<Fixtures>({
  theme: ['light', { option: true }],
  visitor: ['guest', { option: true }],
  portal: async ({ page, theme, visitor }, provide) => {
    await goInAs(page, visitor);
    await page.addInitScript(name => {
      window.localStorage.setItem('theme', name);
    }, theme);
    await provide(page);
  },
});

/** Before the page is opened: lets it remember who came in before. */
export async function goInAs(page: Page, user: string) {
  await page.addInitScript(name => {
    window.localStorage.setItem('ci-medic:demo-visitor', name);
  }, user);
}

const folder = resolve(__dirname, '../../../docs/images');

/**
 * Saves what the page shows as `docs/images/<name>-<theme>.png`, when the
 * documentation's pictures are to be made anew (`CI_MEDIC_PICTURES=1`).
 */
export async function takePicture(options: {
  page: Page;
  theme: Theme;
  name: string;
}) {
  if (!process.env.CI_MEDIC_PICTURES) {
    return;
  }
  const { page, theme, name } = options;
  await mkdir(folder, { recursive: true });
  // Nothing on a picture that is only there because of the moment.
  await page.mouse.move(0, 0);
  await page.evaluate(() => document.fonts.ready);
  await expect(page.locator('.bui-Skeleton')).toHaveCount(0);
  await page.screenshot({
    path: `${folder}/${name}-${theme}.png`,
    animations: 'disabled',
  });
}
