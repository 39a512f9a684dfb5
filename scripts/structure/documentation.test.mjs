import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { describe, it } from 'node:test';
import { fromRoot, root } from '../toolchain/paths.mjs';
import { brokenLinks, settingsAmiss } from './documentation.mjs';
import { machinePaths, readTexts } from './machinePaths.mjs';

const texts = readTexts(root);

describe('nothing names a folder of one machine', () => {
  it('the project names none', () => {
    assert.ok('README.md' in texts && 'scripts/start.mjs' in texts);
    assert.deepEqual(machinePaths(texts), []);
  });

  it('finds them, and leaves the folders of CI runners alone', () => {
    const folder = ['', 'home', 'somebody', 'project'].join('/');
    assert.deepEqual(machinePaths({ 'a.ts': `\n// see ${folder}` }), [
      `a.ts:2 names ${folder}`,
    ]);
    const good = {
      'a.ts': '/home/runner/work/shop/shop ../shared/data src/work/queue',
      'a.test.ts': folder,
    };
    assert.deepEqual(machinePaths(good), []);
  });
});

describe('the documentation is true', () => {
  it('its links lead somewhere', () => {
    const exists = path => existsSync(fromRoot(path));
    assert.deepEqual(brokenLinks(texts, exists), []);
  });

  it('a broken link is found', () => {
    const pages = {
      'docs/a.md': '[b](b.md#there) ![c](../c.png) [d](https://d) [e](#e)',
    };
    assert.deepEqual(
      brokenLinks(pages, path => path === 'docs/b.md'),
      ['docs/a.md links to c.png, which does not exist'],
    );
  });

  it('it has every setting, and no other', () => {
    const schemas = Object.keys(texts)
      .filter(path => /^plugins\/ci-medic[^/]*\/config\.d\.ts$/.test(path))
      .map(path => texts[path]);
    assert.ok(schemas.length > 0);
    const page = texts['docs/configuration.md'];
    assert.deepEqual(settingsAmiss({ schemas, page }), []);
  });

  it('a setting that is missing or too much is found', () => {
    const schemas = [
      'export interface Config { ciMedic?: { a?: { b?: number }; c: string } }',
    ];
    const page = '| `ciMedic.c` | |\n| `ciMedic.d` | |';
    assert.deepEqual(settingsAmiss({ schemas, page }), [
      'ciMedic.a.b is not documented',
      'ciMedic.d does not exist',
    ]);
  });
});
