import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { parse } from 'yaml';
import { fromRoot } from '../toolchain/paths.mjs';
import { editFile } from './editFile.mjs';
import { readSteps } from './readmeSteps.mjs';

const readme = readFileSync(fromRoot('README.md'), 'utf8');

describe("the README's steps", () => {
  it('name the packages, the files and only one frontend system', () => {
    for (const frontend of ['new', 'legacy']) {
      const steps = readSteps(readme, frontend);
      const commands = steps.map(({ command }) => command).filter(Boolean);
      assert.equal(commands.length, 2);
      assert.ok(commands.every(one => /^yarn --cwd packages\//.test(one)));
      const files = steps.map(({ file }) => file).filter(Boolean);
      assert.ok(files.includes('packages/backend/src/index.ts'));
      assert.ok(files.includes('app-config.yaml'));
      assert.equal(
        files.some(file => file.endsWith('EntityPage.tsx')),
        frontend === 'legacy',
      );
    }
  });

  it('are missed when their section is gone', () => {
    assert.throws(() => readSteps('# CI Medic', 'new'), /has no section/);
  });
});

describe('a step is written', () => {
  it('before the backend starts', () => {
    assert.equal(
      editFile({
        file: 'packages/backend/src/index.ts',
        content: 'backend.add(a);\n\nbackend.start();\n',
        text: 'backend.add(b);',
      }),
      'backend.add(a);\n\nbackend.add(b);\nbackend.start();\n',
    );
  });

  it('into each component page of a legacy app, and only there', () => {
    const page = name =>
      `const ${name}EntityPage = (\n  <EntityLayout>\n  </EntityLayout>\n);\n`;
    const edited = editFile({
      file: 'EntityPage.tsx',
      content: `${page('service')}${page(
        'default',
      )}const userPage = (\n  <EntityLayout>\n  </EntityLayout>\n);\n`,
      text: "import {\n  Tab,\n} from 'tabs';\n\n    <Tab />\n",
    });
    assert.match(edited, /^import {\n {2}Tab,\n} from 'tabs';\n/);
    assert.equal(edited.match(/<Tab \/>\n {2}<\/EntityLayout>/g).length, 2);
    assert.match(edited, /userPage = \(\n {2}<EntityLayout>\n {2}<\/Entity/);
  });

  it('into configuration that has the key already', () => {
    const edited = editFile({
      file: 'app-config.yaml',
      content: 'app:\n  title: T # mine\nbackend: {}\n',
      text: 'app:\n  packages: all\nciMedic:\n  days: 3\n',
    });
    assert.deepEqual(parse(edited), {
      app: { title: 'T', packages: 'all' },
      backend: {},
      ciMedic: { days: 3 },
    });
    assert.match(edited, /# mine/);
  });

  it('nowhere when the file is not as expected', () => {
    assert.throws(
      () => editFile({ file: 'index.ts', content: 'x', text: 'y' }),
      /is not what a fresh app has/,
    );
  });
});
