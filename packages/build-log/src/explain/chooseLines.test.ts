import { chooseLines } from './chooseLines';
import { LineRecord, LineShape } from './LineRecord';

const HEAD = 3;
const FRAMES = 40;

/** Some output, what went wrong, and a deep stack that looks as likely as can be. */
const records = Array.from(
  { length: HEAD + 1 + FRAMES },
  (_, index) =>
    ({
      number: index + 1,
      weight: 0,
      reason: 'not_in_passing_runs',
      shape: index > HEAD ? LineShape.frame : LineShape.text,
    } as LineRecord),
);
const probabilities = Float64Array.from(records, ({ shape }) =>
  shape === LineShape.frame ? 0.9 : 0.05,
);

describe('chooseLines', () => {
  it('takes the line above a stack and its first frames, not the deep ones', () => {
    const chosen = chooseLines({
      ...{ records, probabilities, budget: 30 },
      weights: records.map(({ weight }) => weight),
    });
    expect([...chosen].sort((left, right) => left - right)).toEqual(
      Array.from({ length: 9 }, (_, index) => HEAD + index),
    );
  });
});
