#!/usr/bin/env node
// Makes the pictures of the documentation anew, light and dark, from what the
// browser tests see: node scripts/screenshots.mjs

import { spawn } from 'node:child_process';
import { freePort } from './processes/ports.mjs';
import { findChromium } from './testing/chromium.mjs';
import { launch } from './toolchain/launch.mjs';
import { fromRoot } from './toolchain/paths.mjs';

const say = text => console.log(text);

async function main({ node, env }) {
  const playwright = spawn(
    node,
    [fromRoot('node_modules', '.bin', 'playwright'), 'test'],
    {
      cwd: fromRoot('.'),
      stdio: 'inherit',
      env: {
        ...env,
        CHROMIUM: await findChromium({ say }),
        CI_MEDIC_E2E_PORT: String(await freePort()),
        CI_MEDIC_E2E_SIMULATOR_PORT: String(await freePort()),
        CI_MEDIC_PICTURES: '1',
      },
    },
  );
  return new Promise(resolve => {
    playwright.once('close', code => resolve(code ?? 1));
  });
}

await launch(main, { say });
