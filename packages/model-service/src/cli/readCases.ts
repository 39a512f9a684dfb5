import { createReadStream } from 'fs';
import { isAbsolute, join } from 'path';
import { createInterface } from 'readline';
import { createGunzip } from 'zlib';
import { z } from 'zod';
import { LogSource } from './openLog';

const rowSchema = z.object({
  id: z.coerce.string().optional(),
  path: z.string().nullish(),
  log: z.string().nullish(),
  pass_path: z.string().nullish(),
  step: z.string().nullish(),
  exit_codes: z.array(z.number()).nullish(),
  conclusion: z.string().nullish(),
});

/** A row of a file of cases. */
export type Case = {
  id: string;
  source: LogSource;
  passed?: LogSource;
  job: { step?: string; exitCodes?: number[]; conclusion?: string };
};

function toCase(text: string, number: number, root: string): Case {
  const row = rowSchema.parse(JSON.parse(text));
  const at = (path: string) => (isAbsolute(path) ? path : join(root, path));
  const { path, log, pass_path: passPath, step, conclusion } = row;
  if (!path && typeof log !== 'string') {
    throw new Error('a path or a log is needed');
  }
  return {
    id: row.id ?? path ?? String(number),
    source: path ? { path: at(path) } : { log: log! },
    ...(passPath && { passed: { path: at(passPath) } }),
    job: {
      ...(step && { step }),
      ...(row.exit_codes && { exitCodes: row.exit_codes }),
      ...(conclusion && { conclusion }),
    },
  };
}

/** Reads rows one after the other; a wrong row is an error with its number, and the rest is still read. */
export async function* readCases(
  file: string,
  root: string,
): AsyncGenerator<Case | { id: string; error: string }> {
  const bytes = createReadStream(file);
  const input = /\.gz$/i.test(file) ? bytes.pipe(createGunzip()) : bytes;
  let number = 0;
  for await (const text of createInterface({ input, crlfDelay: Infinity })) {
    number += 1;
    if (text.trim() === '') {
      continue;
    }
    try {
      yield toCase(text, number, root);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      yield { id: String(number), error: `Row ${number}: ${reason}` };
    }
  }
}
