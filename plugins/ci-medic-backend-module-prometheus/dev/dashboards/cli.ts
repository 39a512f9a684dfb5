import { mkdir, writeFile } from 'fs/promises';
import { join, resolve } from 'path';
import { createDashboards } from './createDashboards';

/** Writes the dashboards anew: `yarn grafana`. */
async function main(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const [file, dashboard] of Object.entries(createDashboards())) {
    const text = JSON.stringify(dashboard, undefined, 2);
    await writeFile(join(folder, file), `${text}\n`);
  }
}

main(resolve('examples/grafana')).catch(error => {
  process.stderr.write(`${error.stack}\n`);
  process.exitCode = 1;
});
