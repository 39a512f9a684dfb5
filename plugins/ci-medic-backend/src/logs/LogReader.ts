import { NotFoundError } from '@backstage/errors';
import { LogLine, LogPage } from '@ci-medic/plugin-ci-medic-common';
import { promisify } from 'util';
import { gunzip } from 'zlib';
import { CiMedicDatabase, readNumber } from '../database';

const expand = promisify(gunzip);

/** A chunk is far smaller; text that compresses well can be this long at most. */
const CHUNK_LIMIT = 256 * 1024 * 1024;
const PAGE_LIMIT = 2_000;

/**
 * Reads stored logs by line number, a few chunks at a time.
 */
export class LogReader {
  static create(options: { database: CiMedicDatabase }): LogReader {
    return new LogReader(options.database);
  }

  readonly #database: CiMedicDatabase;

  private constructor(database: CiMedicDatabase) {
    this.#database = database;
  }

  /**
   * @throws NotFoundError when the log is not stored, with the reason.
   */
  async page(query: {
    jobId: string;
    from?: number;
    limit?: number;
  }): Promise<LogPage> {
    const { jobId, from = 1, limit = 500 } = query;
    const row = await this.#stored(jobId);
    const wanted = Math.min(limit, PAGE_LIMIT);
    const omittedFrom = readNumber(row.omitted_from);
    const start = await this.#firstStored(jobId, row.generation, from);
    return {
      lines: await this.lines(jobId, row.generation, start, start + wanted - 1),
      totalLines: readNumber(row.lines) ?? 0,
      ...(omittedFrom !== undefined && {
        omitted: { from: omittedFrom, to: readNumber(row.omitted_to)! },
      }),
    };
  }

  /** The first lines of a job's log; none when it is not stored. */
  async head(jobId: string, count: number): Promise<string[]> {
    const row = await this.#find(jobId);
    const lines = row ? await this.lines(jobId, row.generation, 1, count) : [];
    return lines.map(({ text }) => text);
  }

  /** The last lines of a job's log; none when it is not stored. */
  async tail(jobId: string, count: number): Promise<LogLine[]> {
    const row = await this.#find(jobId);
    const last = readNumber(row?.lines) ?? 0;
    return row ? this.lines(jobId, row.generation, last - count + 1, last) : [];
  }

  /** Lines from `from` to `to`, both included, as far as they are stored. */
  async lines(
    jobId: string,
    generation: string,
    from: number,
    to: number,
  ): Promise<LogLine[]> {
    const chunks = await this.#database
      .knex('log_chunks')
      .where({ job_id: jobId, generation })
      .where('last_line', '>=', from)
      .where('first_line', '<=', to)
      .orderBy('first_line')
      .select('body');
    const lines: LogLine[] = [];
    for (const { body } of chunks) {
      const json = await expand(body, { maxOutputLength: CHUNK_LIMIT });
      for (const line of JSON.parse(json.toString()) as LogLine[]) {
        if (line.number >= from && line.number <= to) {
          lines.push(line);
        }
      }
    }
    return lines;
  }

  /** Where a page begins that would begin in a gap. */
  async #firstStored(jobId: string, generation: string, from: number) {
    const chunk = await this.#database
      .knex('log_chunks')
      .where({ job_id: jobId, generation })
      .where('last_line', '>=', from)
      .orderBy('first_line')
      .first('first_line');
    return Math.max(from, readNumber(chunk?.first_line) ?? from);
  }

  async #find(jobId: string) {
    return this.#database
      .knex('job_logs')
      .where({ job_id: jobId, state: 'stored' })
      .first('generation', 'lines');
  }

  async #stored(jobId: string) {
    const row = await this.#database
      .knex('job_logs')
      .where({ job_id: jobId })
      .first();
    if (row?.state !== 'stored') {
      throw new NotFoundError(
        row?.reason
          ? `There is no log to show: ${row.reason}`
          : 'The log has not been read yet',
      );
    }
    return row;
  }
}
