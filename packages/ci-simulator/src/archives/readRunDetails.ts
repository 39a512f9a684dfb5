import { readFile } from 'fs/promises';
import { dirname, join } from 'path';
import { z } from 'zod';
import { conclusionSchema } from '../recordings/recordingSchema';

/** GitHub's own words on a run, as far as they are of use here. */
const detailsSchema = z.object({
  id: z.number().int().positive(),
  name: z.string(),
  path: z.string(),
  display_title: z.string(),
  run_number: z.number().int().positive(),
  event: z.string(),
  head_branch: z.string(),
  head_sha: z.string().regex(/^[0-9a-f]{40}$/),
  conclusion: conclusionSchema,
  workflow_id: z.number().int().positive(),
  created_at: z.iso.datetime(),
  updated_at: z.iso.datetime(),
  actor: z.object({ login: z.string() }),
  repository: z.object({
    full_name: z.string(),
    description: z.string().nullish(),
  }),
  head_commit: z.object({
    message: z.string(),
    timestamp: z.iso.datetime({ offset: true }),
    author: z.object({ name: z.string(), email: z.string() }),
  }),
});

/** {@inheritDoc detailsSchema} */
export type RunDetails = z.output<typeof detailsSchema>;

/**
 * Reads `run.json` beside an archive: the run as GitHub's API gives it, bare or
 * under `metadata`. Undefined when there is none.
 *
 * @throws when there is one that is not as GitHub's API has it
 */
export async function readRunDetails(
  archivePath: string,
): Promise<RunDetails | undefined> {
  const path = join(dirname(archivePath), 'run.json');
  const text = await readFile(path, 'utf8').catch(error => {
    if (error.code === 'ENOENT') {
      return undefined;
    }
    throw error;
  });
  if (text === undefined) {
    return undefined;
  }
  const content = JSON.parse(text);
  return detailsSchema.parse(content.metadata ?? content);
}
