import { exportLabels } from '@ci-medic/plugin-ci-medic-backend';
import { Knex } from 'knex';
import { once } from 'events';
import { Writable } from 'stream';

/**
 * Writes what people said of diagnoses as JSON lines, for training. Returns how many there are.
 *
 * @public
 */
export async function writeLabels(
  knex: Knex,
  output: Writable,
): Promise<number> {
  let count = 0;
  for await (const label of exportLabels(knex)) {
    if (!output.write(`${JSON.stringify(label)}\n`)) {
      await once(output, 'drain');
    }
    count += 1;
  }
  return count;
}
