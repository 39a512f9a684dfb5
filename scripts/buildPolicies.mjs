import { chmod, copyFile, mkdtemp, rm } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { findOpa } from './testing/opa.mjs';
import { fromRoot } from './toolchain/paths.mjs';
import { runCommand } from './toolchain/runCommand.mjs';

/**
 * Compiles the policy that CI Medic comes with. Run it after a change of
 * examples/policies/remediation.rego, and commit both.
 */
const say = line => process.stdout.write(`${line}\n`);
await findOpa({ say });
const opa = [
  fromRoot('.toolchain/go/bin'),
  ...process.env.PATH.split(delimiter),
]
  .map(each => join(each, 'opa'))
  .find(each => existsSync(each));
const folder = await mkdtemp(join(tmpdir(), 'ci-medic-policy-'));
const run = async (command, args) => {
  const { code, output } = await runCommand(command, args, {
    // The names of files become a part of what is compiled.
    cwd: fromRoot('examples/policies'),
  });
  if (code !== 0) {
    throw new Error(`${command} ${args[0]}: ${output}`);
  }
};
try {
  const bundle = join(folder, 'bundle.tar.gz');
  await run(opa ?? 'opa', ['check', '--strict', '.']);
  await run(opa ?? 'opa', ['test', '.']);
  await run(opa ?? 'opa', [
    ...['build', '-t', 'wasm', '-e', 'ci_medic/remediation/decision'],
    ...['remediation.rego', '-o', bundle],
  ]);
  await run('tar', ['-xzf', bundle, '-C', folder, '/policy.wasm']);
  const target = fromRoot('plugins/ci-medic-backend/policies/remediation.wasm');
  await copyFile(join(folder, 'policy.wasm'), target);
  await chmod(target, 0o644);
  say(`Compiled into ${target}`);
} finally {
  await rm(folder, { recursive: true, force: true });
}
