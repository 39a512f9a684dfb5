import { execFileSync } from 'child_process';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  writeFileSync,
} from 'fs';
import { tmpdir } from 'os';
import { join, resolve } from 'path';
import { gunzipSync, gzipSync } from 'zlib';
import { goRecipes } from './fragments/goRecipes';
import { javaRecipes } from './fragments/javaRecipes';
import { LoopbackServer } from './fragments/LoopbackServer';
import { nodeRecipes } from './fragments/nodeRecipes';
import { platformRecipes } from './fragments/platformRecipes';
import { pythonRecipes } from './fragments/pythonRecipes';
import { Fragment, Recipe } from './fragments/recipe';
import { recordFragment, Surroundings } from './fragments/recordFragment';
import { rustRecipes } from './fragments/rustRecipes';

const recipes: Recipe[] = [
  ...platformRecipes,
  ...nodeRecipes,
  ...pythonRecipes,
  ...goRecipes,
  ...rustRecipes,
  ...javaRecipes,
];
const FILE = resolve(__dirname, '../recordings/fragments/fragments.json.gz');

/** Records all fragments, or those of the stacks that are named. */
async function main() {
  const wanted = process.argv.slice(2);
  const cache =
    process.env.FRAGMENTS_CACHE ?? mkdtempSync(join(tmpdir(), 'fragments-'));
  const surroundings = await prepare(cache);
  const kept: Fragment[] =
    wanted.length > 0 && existsSync(FILE)
      ? JSON.parse(gunzipSync(readFileSync(FILE)).toString()).filter(
          ({ stack }: Fragment) => !wanted.includes(stack),
        )
      : [];
  const server = await LoopbackServer.start({
    key: readFileSync(join(cache, 'key.pem'), 'utf8'),
    cert: readFileSync(join(cache, 'cert.pem'), 'utf8'),
  });
  const ports = {
    PORT: String(server.port),
    TLS_PORT: String(server.tlsPort),
    DEAD_PORT: String(server.deadPort),
  };
  for (const recipe of recipes) {
    if (wanted.length > 0 && !wanted.includes(recipe.stack)) {
      continue;
    }
    const fragment = await recordFragment(recipe, {
      ...surroundings,
      ...ports,
    });
    const { stack, tool, step, cause, exitCode, lines } = fragment;
    const isRight =
      (cause === 'pass') === (exitCode === 0) &&
      (lines.length > 0 || cause === 'pass');
    process.stdout.write(
      `${
        isRight ? 'ok   ' : 'WRONG'
      } ${stack} ${tool} ${step} ${cause}: exit ${exitCode}, ${
        lines.length
      } lines: ${lines.at(-1)?.[1].slice(0, 100)}\n`,
    );
    if (isRight) {
      kept.push(fragment);
    }
  }
  mkdirSync(resolve(FILE, '..'), { recursive: true });
  writeFileSync(FILE, gzipSync(JSON.stringify(kept), { level: 9 }));
  server.close();
  execFileSync('umount', [join(cache, 'small')]);
}

/** What all recipes share: a small disk, an expired certificate, packages. */
async function prepare(
  cache: string,
): Promise<Omit<Surroundings, 'PORT' | 'TLS_PORT' | 'DEAD_PORT'>> {
  const small = join(cache, 'small');
  mkdirSync(small, { recursive: true });
  execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=2m', 'tmpfs', small]);
  const run = (command: string) =>
    execFileSync('bash', ['-ec', command], { cwd: cache, stdio: 'inherit' });
  if (!existsSync(join(cache, 'cert.pem'))) {
    run(
      'openssl req -x509 -newkey rsa:2048 -nodes -keyout key.pem -out cert.pem -subj /CN=localhost -addext subjectAltName=DNS:localhost -not_before 20240101000000Z -not_after 20240401000000Z 2>/dev/null || openssl req -x509 -newkey rsa:2048 -nodes -keyout key.pem -out cert.pem -subj /CN=localhost -addext subjectAltName=DNS:localhost -days 1 2>/dev/null',
    );
  }
  if (!existsSync(join(cache, 'node_modules/jest-junit'))) {
    const checkout = resolve(__dirname, 'projects/checkout');
    for (const name of ['package.json', 'package-lock.json']) {
      if (existsSync(join(checkout, name))) {
        copyFileSync(join(checkout, name), join(cache, name));
      }
    }
    run('npm install --no-audit --no-fund --ignore-scripts');
  }
  if (!existsSync(join(cache, 'python'))) {
    run('python3 -m venv python && python/bin/pip install -q mypy');
  }
  return {
    SMALL_DISK: join(small, 'disk'),
    CERTIFICATE: join(cache, 'cert.pem'),
    MYPY: join(cache, 'python/bin/mypy'),
    nodeModules: join(cache, 'node_modules'),
  };
}

main().catch(error => {
  process.stderr.write(`${error.stack}\n`);
  process.exitCode = 1;
});
