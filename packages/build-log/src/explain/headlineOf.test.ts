import { headlineOf } from './explainRecords';
import { LineRecord } from './LineRecord';

const rangesOf = (...texts: (string | undefined)[]) =>
  texts.map(text => ({ best: { text } as LineRecord }));

describe('headlineOf', () => {
  it.each([
    '\tat org.junit.runners.ParentRunner$3.run(ParentRunner.java:290)',
    '    at Object.<anonymous> (/home/runner/work/shop/cart.test.ts:12:3)',
    '  File "/usr/lib/python3.11/unittest/case.py", line 57, in run',
    '\t... 23 more',
    '________________________________',
    '        ^~~~~~',
    'E         - b',
  ])('takes what happened, not where: %s', place => {
    const what = 'java.lang.AssertionError: expected:<5> but was:<6>';
    expect(headlineOf(rangesOf(place, undefined, what))?.text).toBe(what);
    // Better than nothing.
    expect(headlineOf(rangesOf(place))?.text).toBe(place);
  });

  it('keeps the most important range where it names the problem', () => {
    expect(headlineOf(rangesOf('at least one test failed', 'b'))?.text).toBe(
      'at least one test failed',
    );
    expect(headlineOf([])).toBeUndefined();
  });
});
