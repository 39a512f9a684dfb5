import { LogLine } from '@ci-medic/build-log';
import { promisify } from 'util';
import { gzip } from 'zlib';
import { CiMedicDatabase } from '../database';

const compress = promisify(gzip);

/** What of a log is kept; all in memory of its text. */
export type LogQuota = {
  chunkLines: number;
  chunkChars: number;
  headLines: number;
  headChars: number;
  tailChars: number;
  /** Chunks between head and tail that are kept because a line in them says that it is an error. */
  errorChunks: number;
};

export const defaultLogQuota: LogQuota = {
  chunkLines: 1_000,
  chunkChars: 256 * 1024,
  headLines: 100_000,
  headChars: 32 * 1024 * 1024,
  tailChars: 8 * 1024 * 1024,
  errorChunks: 100,
};

type Chunk = { lines: LogLine[]; chars: number; hasErrors: boolean };

/**
 * Stores the lines of a log in compressed chunks while it is read. Of an enormous log the beginning, the end and the
 * errors between them are kept. Never more than the tail is in memory.
 */
export class LogWriter {
  readonly #database: CiMedicDatabase;
  readonly #jobId: string;
  readonly #generation: string;
  readonly #quota: LogQuota;
  #chunk: Chunk = emptyChunk();
  #headLines = 0;
  #headChars = 0;
  #errorChunks = 0;
  readonly #tail: Chunk[] = [];
  #tailChars = 0;
  #omittedFrom?: number;
  #omittedTo?: number;

  constructor(options: {
    database: CiMedicDatabase;
    jobId: string;
    /** Tells this reading of the log from all others. */
    generation: string;
    quota?: LogQuota;
  }) {
    this.#database = options.database;
    this.#jobId = options.jobId;
    this.#generation = options.generation;
    this.#quota = options.quota ?? defaultLogQuota;
  }

  async add(lines: LogLine[]): Promise<void> {
    const { chunkLines, chunkChars } = this.#quota;
    for (const line of lines) {
      this.#chunk.lines.push(line);
      this.#chunk.chars += line.text.length;
      this.#chunk.hasErrors ||= line.level === 'error';
      if (
        this.#chunk.lines.length >= chunkLines ||
        this.#chunk.chars >= chunkChars
      ) {
        await this.#closeChunk();
      }
    }
  }

  /** Stores what is left and says which lines are missing. */
  async finish(): Promise<{ omittedFrom?: number; omittedTo?: number }> {
    await this.#closeChunk();
    for (const chunk of this.#tail.splice(0)) {
      await this.#store(chunk);
    }
    return { omittedFrom: this.#omittedFrom, omittedTo: this.#omittedTo };
  }

  async #closeChunk() {
    const chunk = this.#chunk;
    this.#chunk = emptyChunk();
    if (chunk.lines.length === 0) {
      return;
    }
    const { headLines, headChars, tailChars } = this.#quota;
    if (this.#headLines < headLines && this.#headChars < headChars) {
      this.#headLines += chunk.lines.length;
      this.#headChars += chunk.chars;
      await this.#store(chunk);
      return;
    }
    this.#tail.push(chunk);
    this.#tailChars += chunk.chars;
    while (this.#tailChars > tailChars && this.#tail.length > 1) {
      const oldest = this.#tail.shift()!;
      this.#tailChars -= oldest.chars;
      await this.#dropOrKeep(oldest);
    }
  }

  async #dropOrKeep(chunk: Chunk) {
    if (chunk.hasErrors && this.#errorChunks < this.#quota.errorChunks) {
      this.#errorChunks++;
      await this.#store(chunk);
      return;
    }
    this.#omittedFrom ??= chunk.lines[0].number;
    this.#omittedTo = chunk.lines[chunk.lines.length - 1].number;
  }

  async #store({ lines }: Chunk) {
    const stored = lines.map(({ templateId: _, ...line }) => line);
    await this.#database.knex('log_chunks').insert({
      job_id: this.#jobId,
      generation: this.#generation,
      first_line: lines[0].number,
      last_line: lines[lines.length - 1].number,
      body: await compress(JSON.stringify(stored)),
      stored_at: this.#database.nowExpression(),
    });
  }
}

function emptyChunk(): Chunk {
  return { lines: [], chars: 0, hasErrors: false };
}
