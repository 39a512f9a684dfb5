import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fromRoot } from '../toolchain/paths.mjs';
import { runCommand } from '../toolchain/runCommand.mjs';

const VERSION = 'v1.22.2';
const folder = fromRoot('.toolchain/go/bin');

/**
 * Makes sure that the program opa is there for the tests of the policies, which
 * compile them and run their own tests. It is built with Go, once; without Go
 * those tests are skipped, and say so.
 */
export async function findOpa({ say }) {
  const folders = [folder, ...process.env.PATH.split(delimiter)];
  if (folders.some(each => existsSync(join(each, 'opa')))) {
    return;
  }
  const { code: withoutGo } = await runCommand('go', ['version']);
  if (withoutGo) {
    say('Tests that compile policies are skipped: there is no Go to build opa');
    return;
  }
  say(
    'Building opa with Go, for the tests of the policies: some minutes, once',
  );
  const { code, output } = await runCommand(
    'go',
    [
      ...['install', '-p', '2', '-trimpath', '-ldflags', '-s -w'],
      `github.com/open-policy-agent/opa@${VERSION}`,
    ],
    { env: { ...process.env, CGO_ENABLED: '0', GOBIN: folder } },
  );
  if (code !== 0) {
    const reason = output.trim().split('\n').pop();
    say(
      `Tests that compile policies are skipped: opa was not built. ${reason}`,
    );
  }
}
