#!/usr/bin/env node
// Adds the plugins to a freshly created Backstage app, as README.md says, and
// looks whether their tabs appear: node scripts/fresh-app.mjs [--legacy]

import { spawn } from 'node:child_process';
import { createWriteStream, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { checkTabs } from './freshApp/checkTabs.mjs';
import { createFreshApp, followReadme } from './freshApp/createFreshApp.mjs';
import { packPackages } from './freshApp/packPackages.mjs';
import { runFreshApp } from './freshApp/runFreshApp.mjs';
import { findChromium } from './testing/chromium.mjs';
import { launch } from './toolchain/launch.mjs';
import { fromRoot } from './toolchain/paths.mjs';
import { registryForYarn } from './toolchain/registry.mjs';

const { legacy, keep } = parseArgs({
  options: {
    /** The legacy frontend system. */
    legacy: { type: 'boolean', default: false },
    /** Leaves the app where it is, to look at. */
    keep: { type: 'boolean', default: false },
  },
}).values;

const logs = fromRoot('.data', 'fresh-app', legacy ? 'legacy' : 'new');
const begin = Date.now();
const say = text =>
  console.log(
    `${String(Math.round((Date.now() - begin) / 1000)).padStart(4)} s  ${text}`,
  );

/** Runs a command that must succeed; what it says goes to a log. */
function commands(env) {
  const log = createWriteStream(join(logs, 'commands.log'));
  return ([program, ...args], { cwd }) =>
    new Promise((resolve, reject) => {
      log.write(`$ ${[program, ...args].join(' ')}\n`);
      const child = spawn(program, args, { cwd, env });
      let end = '';
      for (const stream of [child.stdout, child.stderr]) {
        stream.setEncoding('utf8').on('data', chunk => {
          log.write(chunk);
          end = (end + chunk).slice(-4000);
        });
      }
      child.once('error', reject);
      child.once('close', code =>
        code === 0
          ? resolve()
          : reject(new Error(`${args.slice(-4).join(' ')} failed:\n${end}`)),
      );
    });
}

async function main(toolchain) {
  mkdirSync(logs, { recursive: true });
  const { yarn } = toolchain;
  const registry = await registryForYarn(yarn);
  const env = {
    ...toolchain.env,
    ...(registry ? { YARN_NPM_REGISTRY_SERVER: registry } : {}),
    // It is no checkout: there is no lockfile to be true to.
    YARN_ENABLE_IMMUTABLE_INSTALLS: 'false',
  };
  const temporary = mkdtempSync(join(tmpdir(), 'ci-medic-fresh-'));
  const folder = join(temporary, 'app');
  mkdirSync(folder);
  const services = [];
  try {
    const run = commands(env);
    say('Packing the packages');
    const archives = await packPackages({
      run,
      yarn,
      folder: join(temporary, 'archives'),
    });
    say(`Creating an app${legacy ? ' with the legacy frontend' : ''}`);
    await createFreshApp({ folder, legacy, env });
    say('Following README.md, which installs the app');
    await followReadme({ folder, legacy, archives, run, yarn });
    say('Types and build');
    await run([...yarn, 'tsc'], { cwd: folder });
    await run([...yarn, 'workspace', 'app', 'build'], { cwd: folder });
    say('Starting it with recorded builds');
    const app = await runFreshApp({
      folder,
      logs,
      services,
      toolchain: { ...toolchain, env },
    });
    say(`Looking at ${app.service} in Chromium`);
    const program = await findChromium({ say });
    await checkTabs({ ...app, program, pictures: logs });
    say('Both tabs appear');
    return 0;
  } finally {
    for (const service of services.reverse()) {
      await service.stop();
    }
    if (keep) {
      say(`The app stays in ${folder}`);
    } else {
      rmSync(temporary, { recursive: true, force: true });
    }
    say(`Logs and pictures: ${logs}`);
  }
}

await launch(main, { say });
