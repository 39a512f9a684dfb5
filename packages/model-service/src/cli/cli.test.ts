import { execFile } from 'child_process';
import { mkdtemp, rm, writeFile } from 'fs/promises';
import { tmpdir } from 'os';
import { join, resolve } from 'path';
import { promisify } from 'util';
import { gzipSync } from 'zlib';

const CLI = resolve(__dirname, 'cli.ts');

describe('model-service diagnose', () => {
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'ci-medic-cases-'));
  });

  afterEach(() => rm(folder, { recursive: true }));

  it('prints one line a case, in their order; a broken row disturbs no other', async () => {
    const full = 'make: building\nwrite /tmp/x.o: No space left on device\n';
    await writeFile(join(folder, 'full.log.gz'), gzipSync(full));
    const cases = join(folder, 'cases.jsonl');
    const code =
      "src/cart.ts(12,7): error TS2532: Object is possibly 'undefined'.";
    const rows = [
      { id: 'packed', path: 'full.log.gz' },
      { id: 7, log: `> tsc\n${code}\n`, pass_path: null },
      { id: 'gone', path: 'none.log' },
      'no row',
      { id: 'empty', log: '' },
    ];
    await writeFile(cases, rows.map(row => JSON.stringify(row)).join('\n'));
    const run = promisify(execFile)(process.execPath, [
      ...['--import', 'tsx', CLI, 'diagnose', '--cases', cases],
      ...['--root', folder],
    ]);
    // What could not be read makes the command fail in the end.
    const { stdout } = await run.catch(error => error);
    const lines = stdout
      .trim()
      .split('\n')
      .map((line: string) => JSON.parse(line));
    expect(lines).toMatchObject([
      {
        id: 'packed',
        category: 'infrastructure',
        sub_category: 'infrastructure.disk_full',
        confidence: expect.any(Number),
        transient: expect.any(Number),
        packages: [],
        evidence: [[2, 2]],
      },
      { id: '7', category: 'code', sub_category: 'code.compile' },
      { id: 'gone', error: expect.stringContaining('none.log') },
      { error: expect.stringContaining('Row 4') },
      { id: 'empty', category: 'unknown', sub_category: null, evidence: [] },
    ]);
    expect(lines[0].transient).toBeGreaterThan(0.5);
    expect(lines[1].transient).toBeLessThan(0.3);
  });
});
