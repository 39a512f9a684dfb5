import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { root } from '../toolchain/paths.mjs';
import {
  commonViolations,
  doorViolations,
  frontendViolations,
  pureViolations,
  stepViolations,
} from './arrows.mjs';
import { cycles } from './cycles.mjs';
import { House } from './House.mjs';
import {
  busyIndexFiles,
  emptyNames,
  emptyPackages,
  longPluginFiles,
  medianLines,
} from './rooms.mjs';

/** A small house: contents of files, the manifests made from their folders. */
function houseWith(files) {
  const manifest = (name, role) =>
    JSON.stringify({ name: `@ci-medic/${name}`, backstage: { role } });
  return new House({
    'packages/build-log/package.json': manifest('build-log', 'common-library'),
    'plugins/ci-medic/package.json': manifest(
      'plugin-ci-medic',
      'frontend-plugin',
    ),
    'plugins/ci-medic-backend/package.json': manifest(
      'plugin-ci-medic-backend',
      'backend-plugin',
    ),
    'plugins/ci-medic-common/package.json': manifest(
      'plugin-ci-medic-common',
      'common-library',
    ),
    'plugins/ci-medic-node/package.json': manifest(
      'plugin-ci-medic-node',
      'node-library',
    ),
    'plugins/ci-medic-node/src/index.ts': '',
    'plugins/ci-medic-common/src/index.ts': '',
    ...files,
  });
}

const backend = 'plugins/ci-medic-backend/src';

const rules = [
  {
    name: 'pure packages know neither Backstage, database, network nor files',
    rule: pureViolations,
    good: {
      'packages/build-log/src/read.ts': "import { Readable } from 'stream';",
      'packages/build-log/src/cli.ts': "import fs from 'node:fs';",
      'packages/build-log/src/read.test.ts': "import fs from 'fs/promises';",
    },
    bad: [
      "import { Config } from '@backstage/config';",
      "export * from 'knex';",
      "const http = await import('node:http');",
      "import net = require('net');",
      "import { readFile } from 'fs/promises';",
      "import type { Run } from '@ci-medic/plugin-ci-medic-common';",
    ].map(text => ({ 'packages/build-log/src/read.ts': text })),
  },
  {
    name: 'a step does not import a step',
    rule: stepViolations,
    good: {
      [`${backend}/plugin.ts`]: "import './ingest/a'; import './logs/b';",
      [`${backend}/api/runs.ts`]: "import '../ingest/a'; import '../logs/b';",
      [`${backend}/ingest/a.ts`]: "import '../work/queue'; import './c';",
      [`${backend}/ingest/c.ts`]: "import '../database/rows';",
      [`${backend}/logs/b.ts`]: '',
      [`${backend}/work/queue.ts`]: '',
      [`${backend}/database/rows.ts`]: '',
    },
    bad: [
      {
        [`${backend}/ingest/a.ts`]: "import '../logs/b';",
        [`${backend}/logs/b.ts`]: '',
      },
      {
        [`${backend}/work/queue.ts`]: "export * from '../incidents';",
        [`${backend}/incidents/index.ts`]: '',
      },
      {
        [`${backend}/new-step/a.ts`]: "import '../logs/b';",
        [`${backend}/logs/b.ts`]: '',
      },
      {
        [`${backend}/ingest/a.ts`]: "import '../plugin';",
        [`${backend}/plugin.ts`]: '',
      },
      {
        [`${backend}/logs/deep/a.ts`]: "import '../../api/runs';",
        [`${backend}/api/runs.ts`]: '',
      },
    ],
  },
  {
    name: 'the backend knows no system by name',
    rule: doorViolations,
    good: {
      [`${backend}/plugin.ts`]: "import '@ci-medic/plugin-ci-medic-node';",
    },
    bad: [
      {
        [`${backend}/ingest/a.ts`]:
          "import '@ci-medic/plugin-ci-medic-backend-module-github';",
      },
    ],
  },
  {
    name: 'common knows neither backend nor frontend',
    rule: commonViolations,
    good: {
      'plugins/ci-medic-common/src/run.ts':
        "import { z } from 'zod'; import '@backstage/plugin-permission-common';",
    },
    bad: [
      "import '@ci-medic/plugin-ci-medic-node';",
      "import '@ci-medic/plugin-ci-medic';",
      "import '@backstage/backend-plugin-api';",
      "import '@backstage/core-components';",
      "import 'node:crypto';",
      "import 'react';",
    ].map(text => ({ 'plugins/ci-medic-common/src/run.ts': text })),
  },
  {
    name: 'the frontend imports nothing for Node.js',
    rule: frontendViolations,
    good: {
      'plugins/ci-medic/src/tab.tsx':
        "import 'react'; import '@ci-medic/plugin-ci-medic-common';",
    },
    bad: [
      "import '@ci-medic/plugin-ci-medic-node';",
      "import '@ci-medic/plugin-ci-medic-backend';",
      "import '@backstage/plugin-catalog-node';",
      "import { join } from 'path';",
    ].map(text => ({ 'plugins/ci-medic/src/tab.tsx': text })),
  },
  {
    name: 'nothing imports in a circle',
    rule: cycles,
    good: {
      [`${backend}/a.ts`]: "import './b'; import './c';",
      [`${backend}/b.ts`]: "import './c';",
      [`${backend}/c.ts`]: '',
    },
    bad: [
      {
        [`${backend}/a.ts`]: "import './b';",
        [`${backend}/b.ts`]: "import type { C } from './c';",
        [`${backend}/c.ts`]: "export * from './a';",
      },
      {
        'plugins/ci-medic-common/src/index.ts': "export * from './run';",
        'plugins/ci-medic-common/src/run.ts':
          "import { Run } from '@ci-medic/plugin-ci-medic-common';",
      },
    ],
  },
  {
    name: 'plugin.ts stays under 200 lines',
    rule: longPluginFiles,
    good: { [`${backend}/plugin.ts`]: '//\n'.repeat(199) },
    bad: [{ [`${backend}/plugin.ts`]: '//\n'.repeat(200) }],
  },
  {
    name: 'names say what is inside',
    rule: emptyNames,
    good: { [`${backend}/logs/LogStore.ts`]: '' },
    bad: ['logs/utils.ts', 'helpers/a.ts', 'logs/RunManager.ts', 'misc.ts'].map(
      path => ({ [`${backend}/${path}`]: '' }),
    ),
  },
  {
    name: 'index.ts only re-exports',
    rule: busyIndexFiles,
    good: { [`${backend}/logs/index.ts`]: "export * from './LogStore';" },
    bad: [{ [`${backend}/logs/index.ts`]: 'export const limit = 3;' }],
  },
];

const project = House.read(root);

for (const { name, rule, good, bad } of rules) {
  describe(name, () => {
    it(`in the project ${name}`, () => {
      assert.deepEqual(rule(project), []);
    });

    it('finds each planted fault and nothing else', () => {
      assert.deepEqual(rule(houseWith(good)), []);
      for (const files of bad) {
        assert.equal(
          rule(houseWith({ ...good, ...files })).length,
          1,
          `not found: ${JSON.stringify(files)}`,
        );
      }
    });
  });
}

describe('files are short', () => {
  it('half of the project has less than 140 lines', () => {
    assert.ok(medianLines(project) < 140, `median ${medianLines(project)}`);
  });

  it('counts neither tests nor index files', () => {
    const files = {
      [`${backend}/a.ts`]: '//\n'.repeat(150),
      [`${backend}/b.ts`]: '//\n'.repeat(160),
      [`${backend}/b.test.ts`]: '//\n',
      [`${backend}/index.ts`]: '//\n',
    };
    const small = new House({ ...houseWith(files).contents });
    assert.equal(medianLines(small), 160);
  });
});

describe('only rooms that hold something exist', () => {
  it('the project has no empty package', () => {
    assert.deepEqual(emptyPackages(project), []);
  });

  it('finds a package without contents', () => {
    const house = files =>
      new House({
        'plugins/later/package.json': JSON.stringify({ name: 'later' }),
        ...files,
      });
    const found = ['plugins/later holds nothing'];
    assert.deepEqual(emptyPackages(house({})), found);
    assert.deepEqual(
      emptyPackages(
        house({
          'plugins/later/src/index.ts': 'export {};',
          'plugins/later/src/a.test.ts': 'const a = 1;',
        }),
      ),
      found,
    );
    assert.deepEqual(
      emptyPackages(house({ 'plugins/later/src/a.ts': 'export const a = 1;' })),
      [],
    );
  });
});

it('reads the project and not an empty folder', () => {
  assert.ok(project.sources.length > 20);
  assert.ok(project.sources.some(({ imports }) => imports.length > 3));
  assert.ok(project.package('@ci-medic/plugin-ci-medic-backend'));
});
