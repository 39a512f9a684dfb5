import { defineConfig } from '@playwright/test';
import { randomBytes } from 'node:crypto';

/**
 * End-to-end tests against the whole product, which `npm start` brings up once:
 * CI simulator, a Slack workspace, backend on SQLite, and the built web app.
 *
 * With PLAYWRIGHT_URL the tests use a portal that runs already.
 */
const port = process.env.CI_MEDIC_E2E_PORT ?? '7107';
const simulatorPort = process.env.CI_MEDIC_E2E_SIMULATOR_PORT ?? '7108';
const slackPort = process.env.CI_MEDIC_E2E_SLACK_PORT ?? '7109';
const runningPortal = process.env.PLAYWRIGHT_URL;
const isRoot = process.getuid?.() === 0;

if (!runningPortal) {
  // Of the workspace that is started beside the portal; the workers see them, too.
  process.env.CI_MEDIC_E2E_SIMULATOR = `http://127.0.0.1:${simulatorPort}`;
  process.env.CI_MEDIC_E2E_SLACK = `http://127.0.0.1:${slackPort}/api/`;
  process.env.CI_MEDIC_E2E_SLACK_SECRET ??= randomBytes(16).toString('hex');
}
const slack = {
  botToken: 'xoxb-e2e',
  signingSecret: process.env.CI_MEDIC_E2E_SLACK_SECRET,
  apiUrl: process.env.CI_MEDIC_E2E_SLACK,
};

export default defineConfig({
  testDir: 'packages/app/e2e-tests',
  timeout: 90_000,
  expect: { timeout: 30_000 },
  // One portal with one state; the tests must not change it under each other.
  workers: 1,
  retries: 0,
  forbidOnly: Boolean(process.env.CI),
  reporter: process.env.PLAYWRIGHT_JSON_OUTPUT_NAME
    ? [['list'], ['json']]
    : [['list']],
  outputDir: '.data/tests/browser',
  use: {
    baseURL: runningPortal ?? `http://localhost:${port}`,
    viewport: { width: 1440, height: 900 },
    timezoneId: 'Europe/Berlin',
    screenshot: 'only-on-failure',
    trace: 'retain-on-failure',
    launchOptions: {
      executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
      args: [
        // Chromium's sandbox does not work for root, as in containers.
        ...(isRoot ? ['--no-sandbox'] : []),
        '--disable-dev-shm-usage',
        '--disable-gpu',
        '--font-render-hinting=none',
      ],
    },
  },
  webServer: runningPortal
    ? undefined
    : [
        {
          command: `node packages/app/e2e-tests/slackWorkspace.mjs ${slackPort} meridian`,
          wait: { stdout: /Slack is up/ },
          stdout: 'pipe',
        },
        {
          command: `node scripts/start.mjs --port ${port} --simulator-port ${simulatorPort}`,
          wait: { stdout: /CI Medic is up/ },
          stdout: 'pipe',
          timeout: 300_000,
          gracefulShutdown: { signal: 'SIGTERM', timeout: 20_000 },
          env: Object.fromEntries(
            Object.entries(slack).map(([key, value]) => [
              `APP_CONFIG_ciMedic_slack_${key}`,
              JSON.stringify(value),
            ]),
          ),
        },
      ],
});
