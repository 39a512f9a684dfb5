import assert from 'node:assert/strict';
import { mkdtemp, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { Service } from './Service.mjs';

async function start(script) {
  const folder = await mkdtemp(join(tmpdir(), 'ci-medic-service-'));
  return Service.start({
    name: 'example',
    command: process.execPath,
    args: ['-e', script],
    env: process.env,
    logFile: join(folder, 'example.log'),
  });
}

describe('a service', () => {
  it('is awaited by a line that it says', async () => {
    const service = await start(
      "console.log('ready http://there'); setInterval(() => {}, 1000)",
    );
    assert.equal(await service.saysLine(/^ready/), 'ready http://there');
    await service.stop();
    assert.equal(await service.ended, 'signal SIGTERM');
    assert.match(await readFile(service.logFile, 'utf8'), /ready http/);
  });

  it('fails the wait when it ends first, with its last words', async () => {
    const service = await start(
      "console.error('no such file'); process.exit(3)",
    );
    await assert.rejects(service.saysLine(/^ready/), {
      name: 'Advice',
      message: /example ended with exit code 3[^]*no such file/,
    });
  });

  it('is ended by force when it does not want to', async () => {
    const service = await start(
      "process.on('SIGTERM', () => {}); console.log('ready'); setInterval(() => {}, 1000)",
    );
    await service.saysLine(/^ready/);
    await service.stop({ patience: 50 });
    assert.equal(await service.ended, 'signal SIGKILL');
  });

  it('takes along what it has started itself', async () => {
    const service = await start(
      "const child = require('child_process').spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']); console.log('child ' + child.pid); setInterval(() => {}, 1000)",
    );
    const line = await service.saysLine(/^child \d+/);
    await service.stop();
    const pid = Number(line.split(' ')[1]);
    // The signal needs a moment to arrive.
    const isGone = () => {
      try {
        process.kill(pid, 0);
        return false;
      } catch {
        return true;
      }
    };
    while (!isGone()) {
      await new Promise(resolve => setImmediate(resolve));
    }
  });
});
