#!/usr/bin/env node
// Brings up the whole portal. `npm start -- --help` says what can be chosen.

import { existsSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { findFirstLook } from './portal/firstLook.mjs';
import { startPortal } from './portal/portal.mjs';
import { requireFreePort } from './processes/ports.mjs';
import { Advice } from './toolchain/Advice.mjs';
import { interruption } from './toolchain/interruption.mjs';
import { launch } from './toolchain/launch.mjs';
import { fromRoot } from './toolchain/paths.mjs';

const help = `npm start -- [options]

  --dev                    translate the sources as they change; logs appear here
  --github                 use GitHub, as app-config.local.yaml says, instead of
                           the simulated organisation
  --port PORT              of the portal (7007); with --dev of its backend
  --app-port PORT          of the web app, with --dev (3000)
  --simulator-port PORT    of the CI simulator (7008)
`;

const begin = Date.now();
const say = text =>
  console.log(
    `${String(Math.round((Date.now() - begin) / 1000)).padStart(4)} s  ${text}`,
  );

function readOptions() {
  try {
    return parseArgs({
      options: {
        dev: { type: 'boolean', default: false },
        github: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
        port: { type: 'string', default: '7007' },
        'app-port': { type: 'string', default: '3000' },
        'simulator-port': { type: 'string', default: '7008' },
      },
    }).values;
  } catch (error) {
    throw new Advice(`${error.message}\n\n${help}`);
  }
}

async function checkPorts({ dev, github, ...options }) {
  const ports = {
    portal: Number(options.port),
    app: Number(options['app-port']),
    simulator: Number(options['simulator-port']),
  };
  const wanted = [
    { port: ports.portal, what: 'the portal', option: 'port' },
    dev && { port: ports.app, what: 'the web app', option: 'app-port' },
    !github && {
      port: ports.simulator,
      what: 'the CI simulator',
      option: 'simulator-port',
    },
  ].filter(Boolean);
  for (const one of wanted) {
    await requireFreePort(one);
  }
  return ports;
}

async function main(toolchain) {
  const { dev, github, ...options } = readOptions();
  const ports = await checkPorts({ dev, github, ...options });
  if (github && !existsSync(fromRoot('app-config.local.yaml'))) {
    throw new Advice(
      'There is no app-config.local.yaml: docs/connect-github.md says what to write into it.',
    );
  }
  const services = [];
  const interrupted = interruption();
  try {
    const up = bringUp({ toolchain, ports, dev, github, services });
    const first = await Promise.race([up, interrupted.then(() => undefined)]);
    if (!first) {
      up.catch(() => {});
      return 0;
    }
    const end = await Promise.race([
      interrupted.then(() => undefined),
      ...services.map(async service => ({ service, how: await service.ended })),
    ]);
    if (end) {
      const { service, how } = end;
      console.error(
        `\nThe ${service.name} ended with ${how}, so the portal stops. Its log is ${service.logFile}, the end of it:\n${service.tail}`,
      );
      return 1;
    }
    return 0;
  } finally {
    if (services.length > 0) {
      console.log('\nStopping');
    }
    for (const service of services.reverse()) {
      await service.stop();
    }
  }
}

async function bringUp({ toolchain, ports, dev, github, services }) {
  const options = { toolchain, ports, dev, github, services, say };
  const { address, backend } = await startPortal(options);
  const look = github ? undefined : await findFirstLook({ address, backend });
  say('Ready');
  console.log(`
  CI Medic is up: ${address}

  ${
    github
      ? 'Sign in and open a service that has the annotation github.com/project-slug.'
      : 'A simulated organisation builds and breaks there. Choose on the first page who you are.'
  }${
    look
      ? `\n  Then look at ${look.title}: how its builds do, and why they failed.\n\n    ${look.page}/ci-health\n    ${look.page}/incidents`
      : ''
  }

  Logs: .data/logs    Stop: Ctrl-C
`);
  return true;
}

if (process.argv.includes('--help')) {
  console.log(help);
} else {
  await launch(main, { say });
}
