import { LineRecord, LineShape } from './LineRecord';

/** In the order in which the model reads them. */
export const FEATURE_NAMES = [
  'weight',
  'share',
  'isExit',
  'isRunner',
  'isException',
  'isTest',
  'isCompile',
  'isInfrastructure',
  'passing',
  'shape',
  'indent',
  'length',
  'mark',
  'seen',
  'before3',
  'before10',
  'after3',
  'after10',
  'new5',
  'known3',
  'sinceHeavy',
  'untilHeavy',
  'runLength',
  'runPosition',
  'fromEnd',
  'relative',
  'untilFailure',
  'heavyBefore',
  'heavyAll',
  'newAll',
  'hasPassing',
  'sum8',
  'blankNear',
  'firstShare',
  'sinceMarker',
  'messageOffset',
  'messageWeight',
  'heavyAfter',
  'sinceBlank',
  'untilBlank',
  'heavier',
] as const;

const FAR = 40;
const HEAVY = 60;

/** What the whole log says of its lines. */
type Overview = {
  lines: number;
  hasPassing: boolean;
  most: number;
  heavy: number;
  fresh: number;
  failures: number[];
};

/**
 * Describes each line by itself, its neighbours and its place in the log.
 */
export function lineFeatures(options: {
  records: LineRecord[];
  lines: number;
  hasPassing: boolean;
}): Float64Array[] {
  const { records, lines, hasPassing } = options;
  const effective = records.map(record =>
    record.passing === 1 ? record.weight * 0.25 : record.weight,
  );
  const overview: Overview = {
    ...{ lines, hasPassing },
    most: Math.max(1, ...maxima(effective)),
    heavy: effective.filter(weight => weight >= HEAVY).length,
    fresh: records.filter(({ passing }) => passing === -1).length,
    failures: records
      .filter(({ reason }) => reason === 'exit_status')
      .map(({ number }) => number),
  };
  let heavyBefore = 0;
  let lastHeavy = -Infinity;
  const untilHeavy = distances(records, effective);
  const runs = runsOf(records, effective);
  const messages = messagesOf(records, effective);
  const blanks = blankDistances(records);
  const sorted = Float64Array.from(effective).sort();
  let nextFailure = 0;
  return records.map((record, index) => {
    const { number, reason, passing } = record;
    while (
      nextFailure < overview.failures.length &&
      overview.failures[nextFailure] < number
    ) {
      nextFailure += 1;
    }
    const failure = overview.failures[nextFailure];
    const near = neighbours(records, effective, index);
    const row = Float64Array.of(
      effective[index],
      effective[index] / overview.most,
      Number(reason === 'exit_status'),
      Number(reason === 'runner_error'),
      Number(reason === 'exception'),
      Number(reason === 'test_failure'),
      Number(reason === 'compile_error'),
      Number(reason === 'infrastructure'),
      passing,
      record.shape,
      record.indent,
      Math.min(record.length, 300),
      record.mark,
      Math.log1p(record.seen),
      near.before3,
      near.before10,
      near.after3,
      near.after10,
      near.new5,
      near.known3,
      Math.min(FAR, number - lastHeavy),
      untilHeavy[index],
      Math.log1p(runs[index].length),
      Math.log1p(index - runs[index].from),
      Math.log1p(lines - number),
      number / lines,
      failure === undefined ? -1 : Math.log1p(failure - number),
      Math.log1p(heavyBefore),
      Math.log1p(overview.heavy),
      Math.log1p(overview.fresh),
      Number(hasPassing),
      near.sum8,
      near.blank,
      heavyBefore / (1 + overview.heavy),
      Math.log1p(record.sinceMarker),
      messages[index].offset,
      messages[index].weight,
      Math.log1p(overview.heavy - heavyBefore),
      blanks.since[index],
      blanks.until[index],
      Math.log1p(countAbove(sorted, effective[index])),
    );
    if (effective[index] >= HEAVY) {
      heavyBefore += 1;
      lastHeavy = number;
    }
    return row;
  });
}

/** One maximum of each thousand: a call takes only so many arguments. */
function maxima(values: number[]): number[] {
  const result: number[] = [];
  for (let from = 0; from < values.length; from += 1000) {
    result.push(Math.max(...values.slice(from, from + 1000)));
  }
  return result.length > 1000 ? maxima(result) : result;
}

function neighbours(records: LineRecord[], weights: number[], index: number) {
  const near = {
    ...{ before3: 0, before10: 0, after3: 0, after10: 0 },
    ...{ new5: 0, known3: 0, sum8: 0, blank: 0 },
  };
  const { number } = records[index];
  for (let step = -10; step <= 10; step += 1) {
    const other = records[index + step];
    const distance = other ? Math.abs(other.number - number) : FAR;
    if (step === 0 || distance > 10) {
      continue;
    }
    const weight = weights[index + step];
    if (step < 0) {
      near.before10 = Math.max(near.before10, weight);
      near.before3 =
        distance <= 3 ? Math.max(near.before3, weight) : near.before3;
    } else {
      near.after10 = Math.max(near.after10, weight);
      near.after3 = distance <= 3 ? Math.max(near.after3, weight) : near.after3;
    }
    near.new5 += distance <= 5 && other.passing === -1 ? 1 : 0;
    near.known3 += distance <= 3 && other.passing === 1 ? 1 : 0;
    near.sum8 += distance <= 8 ? weight : 0;
    near.blank += distance <= 2 && other.shape === LineShape.blank ? 1 : 0;
  }
  return near;
}

function distances(records: LineRecord[], weights: number[]): number[] {
  const result: number[] = new Array(records.length);
  let next = Infinity;
  for (let index = records.length - 1; index >= 0; index -= 1) {
    result[index] = Math.min(FAR, next - records[index].number);
    if (weights[index] >= HEAVY) {
      next = records[index].number;
    }
  }
  return result;
}

/** Runs of lines that follow each other and say something or are new. */
function runsOf(records: LineRecord[], weights: number[]) {
  const result: { from: number; length: number }[] = [];
  let run = { from: 0, length: 0 };
  let gap = 0;
  for (let index = 0; index < records.length; index += 1) {
    const { number, passing } = records[index];
    const follows = index > 0 && number - records[index - 1].number <= 2;
    const says = passing === -1 || weights[index] >= 20;
    gap = says ? 0 : gap + 1;
    if (!follows || gap > 2) {
      run = { from: index, length: 0 };
    }
    if (says) {
      run.length += 1;
    }
    result.push(run);
  }
  return result;
}

/** How many of ascending values are larger. */
function countAbove(sorted: Float64Array, value: number): number {
  let from = 0;
  let to = sorted.length;
  while (from < to) {
    const middle = (from + to) >>> 1;
    if (sorted[middle] <= value) {
      from = middle + 1;
    } else {
      to = middle;
    }
  }
  return sorted.length - from;
}

const HEAD = 40;

/** To which message a line belongs: what is further indented, quoted or a frame goes on with the line that names a problem. */
function messagesOf(records: LineRecord[], weights: number[]) {
  const result: { offset: number; weight: number }[] = [];
  let head: LineRecord | undefined;
  let headWeight = 0;
  let blanks = 0;
  records.forEach((record, index) => {
    const { number, shape, indent } = record;
    const follows = index > 0 && number === records[index - 1].number + 1;
    blanks = shape === LineShape.blank ? blanks + 1 : 0;
    const goesOn =
      head !== undefined &&
      follows &&
      blanks <= 1 &&
      (shape === LineShape.blank ||
        shape === LineShape.frame ||
        shape === LineShape.quote ||
        shape === LineShape.difference ||
        indent > head.indent);
    if (weights[index] >= HEAD && !(goesOn && weights[index] < headWeight)) {
      head = record;
      headWeight = weights[index];
      result.push({ offset: 0, weight: headWeight });
    } else if (goesOn) {
      result.push({
        offset: Math.min(FAR, number - head!.number),
        weight: headWeight,
      });
    } else {
      head = undefined;
      result.push({ offset: -1, weight: 0 });
    }
  });
  return result;
}

/** Lines since the last blank one, and until the next. */
function blankDistances(records: LineRecord[]) {
  const since: number[] = new Array(records.length);
  const until: number[] = new Array(records.length);
  let last = -Infinity;
  records.forEach(({ number, shape }, index) => {
    last = shape === LineShape.blank ? number : last;
    since[index] = Math.min(FAR, number - last);
  });
  let next = Infinity;
  for (let index = records.length - 1; index >= 0; index -= 1) {
    const { number, shape } = records[index];
    next = shape === LineShape.blank ? number : next;
    until[index] = Math.min(FAR, next - number);
  }
  return { since, until };
}
