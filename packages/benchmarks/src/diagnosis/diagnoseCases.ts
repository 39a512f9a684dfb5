import { spawn } from 'child_process';
import { mkdtemp, rm, writeFile } from 'fs/promises';
import { tmpdir } from 'os';
import { join, resolve } from 'path';
import { createInterface } from 'readline';

// eslint-disable-next-line no-restricted-syntax -- this package is run from its sources
const CLI = resolve(__dirname, '../../../model-service/src/cli/cli.ts');

/** What the command says of one case. */
export type Diagnosed = {
  id: string;
  category: string;
  confidence: number;
  transient: number;
};

/** Diagnoses many logs with the command that users have. */
export async function diagnoseCases(options: {
  data: string;
  cases: { id: string; path?: string; log?: string }[];
}): Promise<Map<string, Diagnosed>> {
  const { data, cases } = options;
  const folder = await mkdtemp(join(tmpdir(), 'diagnosis-cases-'));
  try {
    const file = join(folder, 'cases.jsonl');
    const rows = cases.map(({ id, path, log }) =>
      JSON.stringify({ id, path, log }),
    );
    await writeFile(file, rows.join('\n'));
    const args = ['diagnose', '--cases', file, '--root', resolve(data)];
    const child = spawn(process.execPath, ['--import', 'tsx', CLI, ...args], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const closed = new Promise<number | null>((done, fail) => {
      child.on('error', fail);
      child.on('close', done);
    });
    const diagnosed = new Map<string, Diagnosed>();
    for await (const line of createInterface({ input: child.stdout })) {
      const one = JSON.parse(line);
      if (one.error !== undefined) {
        throw new Error(`${one.id}: ${one.error}`);
      }
      diagnosed.set(one.id, one);
    }
    if ((await closed) !== 0) {
      throw new Error('model-service diagnose failed');
    }
    return diagnosed;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
