import { wantedLines } from './wantedLines';

const range = (start: number, end: number) => ({ start, end, reason: 'x' });

describe('wantedLines', () => {
  it('joins what explains, some lines around it and the end', () => {
    expect(
      wantedLines({
        lines: 200,
        explanation: [range(100, 101), range(50, 50), range(106, 106)],
      }),
    ).toEqual([
      [42, 53],
      [92, 109],
      [181, 200],
    ]);
    expect(wantedLines({ lines: 5, explanation: [range(4, 5)] })).toEqual([
      [1, 5],
    ]);
    expect(wantedLines({ lines: 0, explanation: [] })).toEqual([]);
  });
});
