import {
  createTestReportParser,
  recognizeTestReport,
  TestCaseResult,
} from '@ci-medic/test-reports';
import { toError } from '@backstage/errors';
import { createWriteStream } from 'fs';
import { mkdtemp, rm } from 'fs/promises';
import { tmpdir } from 'os';
import { join } from 'path';
import { Readable, Transform } from 'stream';
import { pipeline } from 'stream/promises';
import { ArchiveLimits, readArchive } from './readArchive';
import { RunProblem } from './RunProblems';

/** A test case and the report that it comes from. */
export type CollectedCase = TestCaseResult & {
  artifact: string;
  report: string;
};

const MOST_CASES = 20_000;
const MOST_DETAILS_CHARS = 64 * 1024 ** 2;
const HEAD_BYTES = 4_096;
const DOWNLOAD_LIMIT = 100 * 1024 ** 2;
const REPORT_NAME = /\.(xml|trx|json)$/i;

/**
 * Gathers the test cases of one attempt from its artifacts. What cannot be read becomes a problem with its reason; the
 * rest is read all the same.
 */
export class ReportCollector {
  readonly cases: CollectedCase[] = [];
  readonly problems: RunProblem[] = [];
  readonly #limits?: ArchiveLimits;
  readonly #downloadLimit: number;
  #detailsChars = 0;
  #isFull = false;

  constructor(options?: { limits?: ArchiveLimits; downloadLimit?: number }) {
    this.#limits = options?.limits;
    this.#downloadLimit = options?.downloadLimit ?? DOWNLOAD_LIMIT;
  }

  refuse(subject: string, reason: string): void {
    this.problems.push({ subject, reason });
  }

  /**
   * Reads a zip file. It goes through a temporary file, because the directory of a zip file is at its end.
   *
   * @throws what `stream` throws when the download breaks.
   */
  async collect(artifact: string, stream: Readable): Promise<void> {
    const folder = await mkdtemp(join(tmpdir(), 'ci-medic-artifact-'));
    try {
      const path = join(folder, 'artifact.zip');
      if (await this.#download(artifact, stream, path)) {
        await this.#readReports(artifact, path);
      }
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }

  async #download(artifact: string, stream: Readable, path: string) {
    const limit = this.#downloadLimit;
    let size = 0;
    const tooLarge = new Error(`It is larger than ${limit} bytes`);
    const count = new Transform({
      transform(chunk, _encoding, callback) {
        size += chunk.length;
        callback(size > limit ? tooLarge : null, chunk);
      },
    });
    try {
      await pipeline(stream, count, createWriteStream(path, { mode: 0o600 }));
      return true;
    } catch (error) {
      if (error === tooLarge) {
        this.refuse(artifact, tooLarge.message);
        return false;
      }
      throw error;
    }
  }

  async #readReports(artifact: string, path: string) {
    try {
      await readArchive({
        path,
        limits: this.#limits,
        wants: name => REPORT_NAME.test(name) && !this.#isFull,
        read: (name, stream) => this.#readReport(artifact, name, stream),
        refuse: (name, reason) => this.refuse(`${artifact}: ${name}`, reason),
      });
    } catch (error) {
      this.refuse(artifact, toError(error).message);
    }
  }

  async #readReport(
    artifact: string,
    report: string,
    stream: AsyncIterable<Buffer>,
  ) {
    let head = Buffer.alloc(0);
    let parser: ReturnType<typeof createTestReportParser> | undefined;
    const start = () => {
      const format = recognizeTestReport(head, report);
      parser =
        format &&
        createTestReportParser({
          format,
          onCase: testCase => this.#take(artifact, report, testCase),
        });
      parser?.write(head);
      return parser !== undefined;
    };
    try {
      for await (const chunk of stream) {
        if (parser) {
          parser.write(chunk);
          continue;
        }
        head = Buffer.concat([head, chunk]);
        if (head.length >= HEAD_BYTES && !start()) {
          return;
        }
      }
      if (parser || start()) {
        parser!.end();
      }
    } catch (error) {
      this.refuse(`${artifact}: ${report}`, toError(error).message);
    }
  }

  #take(artifact: string, report: string, testCase: TestCaseResult) {
    if (this.cases.length >= MOST_CASES) {
      if (!this.#isFull) {
        this.#isFull = true;
        this.refuse(
          artifact,
          `Only the first ${MOST_CASES} test cases are kept`,
        );
      }
      return;
    }
    this.#detailsChars += testCase.details?.length ?? 0;
    const details =
      this.#detailsChars > MOST_DETAILS_CHARS ? undefined : testCase.details;
    this.cases.push({ ...testCase, details, artifact, report });
  }
}
