import assert from 'node:assert/strict';
import { mkdtemp, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { explainInstallFailure } from './explainInstallFailure.mjs';

describe('what is said when an install fails', () => {
  it('names a full disk, a lockfile out of date, a missing network', async () => {
    const sentence = output => explainInstallFailure({ output, env: {} });
    assert.match(
      await sentence('➤ YN0001: │ Error: ENOSPC: no space left on device'),
      /disk is full: free/,
    );
    assert.match(
      await sentence('➤ YN0028: │ The lockfile would have been modified'),
      /run "yarn install" and commit/,
    );
    assert.match(
      await sentence('➤ YN0001: │ RequestError: getaddrinfo ENOTFOUND host'),
      /check the network connection or the proxy/,
    );
    assert.match(await sentence('something new'), /something new/);
  });

  it('names the build tools that are missing, and only those', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'ci-medic-build-'));
    const buildLog = join(folder, 'build.log');
    await writeFile(buildLog, 'gyp ERR! not ok');
    // A machine on which `make` is the only tool.
    await symlink('/bin/true', join(folder, 'make'));
    const sentence = await explainInstallFailure({
      output: `YN0009: better-sqlite3 couldn't be built successfully (exit code 1, logs can be found here: ${buildLog})`,
      env: { PATH: folder },
    });
    assert.match(sentence, /python3 and a C\+\+ compiler are missing/);
    assert.match(sentence, /apt-get install -y python3 make g\+\+/);
  });

  it('shows the end of the build log when all tools are there', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'ci-medic-build-'));
    const buildLog = join(folder, 'build.log');
    await writeFile(buildLog, 'fatal error: sqlite3.h');
    for (const tool of ['python3', 'make', 'c++']) {
      await symlink('/bin/true', join(folder, tool));
    }
    const sentence = await explainInstallFailure({
      output: `logs can be found here: ${buildLog})`,
      env: { PATH: folder },
    });
    assert.match(sentence, /fatal error: sqlite3\.h/);
  });
});
