import { LogReader, ReadLine } from '../LogReader';
import { PassingRuns } from '../sketch/PassingRuns';
import { LineSplitter } from '../stream/LineSplitter';
import { LogSketch } from '../types';
import { LineRecord } from './LineRecord';
import { RecordKeeper } from './RecordKeeper';

const OF_INTEREST = 20;

/** Collects from the lines of a failed log what its explanation needs, compared with what passing runs print. */
export class RecordCollector {
  readonly #passing: PassingRuns;
  readonly #keeper = new RecordKeeper();

  private constructor(passing: LogSketch[]) {
    this.#passing = new PassingRuns(passing);
  }

  static create(passing: LogSketch[]): RecordCollector {
    return new RecordCollector(passing);
  }

  get hasPassing(): boolean {
    return this.#passing.count > 0;
  }

  /** Takes a settled line. */
  add({ record, fine, isMarker }: ReadLine): void {
    if (isMarker) {
      return;
    }
    if (fine !== undefined) {
      const prints = this.#passing.prints(fine);
      record.passing = prints ? 1 : -1;
      // What is done as always may be new without being odd.
      if (prints === undefined || (!prints && record.mark < 0)) {
        record.passing = 0;
      }
    }
    const isOfInterest = record.weight >= OF_INTEREST || record.passing === -1;
    this.#keeper.add(record, isOfInterest);
  }

  finish(): LineRecord[] {
    return this.#keeper.finish();
  }
}

/** All of the above for one log in memory, as the model's training needs it. */
export function collectRecords(
  log: Buffer,
  passing: LogSketch[],
): { records: LineRecord[]; lines: number; hasPassing: boolean } {
  const reader = LogReader.create({ makesText: false });
  const collector = RecordCollector.create(passing);
  const splitter = LineSplitter.create((buffer, from, to, dropped) => {
    const line = reader.read({ buffer, from, to, dropped });
    reader.settle(line);
    collector.add(line);
  });
  splitter.write(log);
  splitter.end();
  const { hasPassing } = collector;
  return { records: collector.finish(), lines: reader.count, hasPassing };
}
