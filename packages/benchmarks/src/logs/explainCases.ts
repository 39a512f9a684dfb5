import { mkdtemp, rm, writeFile } from 'fs/promises';
import { tmpdir } from 'os';
import { join, resolve } from 'path';
import { Lines } from './lineSets';
import { Case } from './readCases';
import { runBuildLog } from './runBuildLog';

/** What the command says of one case. */
export type Explained = {
  ranges: Lines[];
  packages?: string[];
  ms: number;
};

/**
 * Explains many logs with the command that users have.
 *
 * @param options.models - of `learn --held-out`: each by one that has seen no log of its project; else by the one shipped
 */
export async function explainCases(options: {
  data: string;
  cases: Pick<Case<unknown>, 'id' | 'path' | 'pass_path'>[];
  budget?: number;
  passing?: boolean;
  models?: string;
}): Promise<Map<string, Explained>> {
  const { data, cases, budget = 30, passing = false, models } = options;
  const folder = await mkdtemp(join(tmpdir(), 'build-log-cases-'));
  try {
    const file = join(folder, 'cases.jsonl');
    const rows = cases.map(({ id, path, pass_path: passPath }) =>
      JSON.stringify({ id, path, ...(passing && { pass_path: passPath }) }),
    );
    await writeFile(file, rows.join('\n'));
    const result = new Map<string, Explained>();
    await runBuildLog(
      [
        ...['explain', '--cases', file, '--root', resolve(data)],
        ...(models === undefined ? [] : ['--models', models]),
        ...['--budget', String(budget)],
      ],
      line => {
        const { id, ...explained } = JSON.parse(line);
        result.set(id, explained);
      },
    );
    return result;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
