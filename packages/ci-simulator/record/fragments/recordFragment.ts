import { spawn } from 'child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'fs';
import { tmpdir } from 'os';
import { dirname, join } from 'path';
import { createInterface } from 'readline';
import { Fragment, Recipe } from './recipe';
import { scrubFragment } from './scrubFragment';

/** What recipes may name as `$NAME`. */
export type Surroundings = Record<
  'PORT' | 'TLS_PORT' | 'DEAD_PORT' | 'SMALL_DISK' | 'CERTIFICATE' | 'MYPY',
  string
> & { nodeModules: string };

const MOST_LINES = 400;

/** Runs the command of a recipe and keeps what it prints. */
export async function recordFragment(
  recipe: Recipe,
  surroundings: Surroundings,
): Promise<Fragment> {
  const base = mkdtempSync(join(tmpdir(), 'fragment-'));
  const work = join(base, 'zebra');
  const empty = join(base, 'empty');
  mkdirSync(work);
  mkdirSync(empty);
  rmSync(surroundings.SMALL_DISK, { recursive: true, force: true });
  mkdirSync(surroundings.SMALL_DISK);
  const { nodeModules, ...names } = surroundings;
  const known = { ...names, WORK: work, EMPTY: empty };
  const fill = (text: string) =>
    Object.entries(known).reduce(
      (filled, [name, value]) => filled.replaceAll(`$${name}`, value),
      text,
    );
  for (const [path, text] of Object.entries(recipe.files ?? {})) {
    mkdirSync(dirname(join(work, path)), { recursive: true });
    writeFileSync(join(work, path), fill(text));
  }
  if (recipe.stack === 'node' && recipe.step !== 'install') {
    mkdirSync(join(work, 'node_modules'));
    const link = ['-s', `${nodeModules}/`, 'node_modules/'];
    await run(
      `for d in ${nodeModules}/* ${nodeModules}/.bin; do ln ${link[0]} $d node_modules/; done`,
      { work, seconds: 60, env: {} },
    );
  }
  if (recipe.stack === 'any') {
    symlinkSync(work, join(base, 'link'));
  }
  const env = Object.fromEntries(
    Object.entries(recipe.env ?? {}).map(([name, value]) => [
      name,
      fill(value),
    ]),
  );
  const seconds = recipe.seconds ?? 120;
  if (recipe.prepare) {
    await run(fill(recipe.prepare), { work, seconds, env: {} });
  }
  const command = fill(recipe.run ?? recipe.shown);
  const { lines, exitCode } = await run(command, { work, seconds, env });
  const report = recipe.report && join(work, recipe.report);
  const scrub = (text: string) =>
    scrubFragment(text, { base, work, known, nodeModules });
  const fragment: Fragment = {
    ...{ tool: recipe.tool, stack: recipe.stack, step: recipe.step },
    ...{ cause: recipe.cause, command: recipe.shown, exitCode },
    lines: lines.slice(-MOST_LINES).flatMap(([at, line]): Fragment['lines'] => {
      const text = scrub(line);
      return text === undefined ? [] : [[at, text]];
    }),
    report:
      report && existsSync(report)
        ? {
            name: report.split('/').pop()!,
            text: readFileSync(report, 'utf8')
              .split('\n')
              .map(line => scrub(line) ?? '')
              .join('\n'),
          }
        : undefined,
  };
  rmSync(base, { recursive: true, force: true });
  return fragment;
}

async function run(
  command: string,
  options: { work: string; seconds: number; env: Record<string, string> },
): Promise<{ exitCode: number; lines: Array<[number, string]> }> {
  const start = Date.now();
  const lines: Array<[number, string]> = [];
  const unset = [
    'npm_config_nodedir',
    'PIP_FIND_LINKS',
    'NODE_OPTIONS',
    'GITHUB_TOKEN',
  ];
  const inherited = Object.entries(process.env).filter(
    ([name]) => !unset.includes(name) && !/^(YARN|npm_)/i.test(name),
  );
  const child = spawn('bash', ['-e', '-c', `exec 2>&1\n${command}`], {
    cwd: options.work,
    timeout: options.seconds * 1000,
    killSignal: 'SIGKILL',
    env: {
      ...Object.fromEntries(inherited),
      ...{ CI: 'true', NO_COLOR: undefined, PYTHONDONTWRITEBYTECODE: '1' },
      ...options.env,
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise<number>(resolve => {
    child.once('close', (code, signal) =>
      resolve(code ?? (signal === 'SIGKILL' ? 137 : 1)),
    );
  });
  for await (const line of createInterface({ input: child.stdout })) {
    lines.push([Date.now() - start, line]);
  }
  return { exitCode: await ended, lines };
}
