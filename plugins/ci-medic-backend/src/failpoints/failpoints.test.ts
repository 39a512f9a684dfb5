import {
  createFailpoints,
  failpoint,
  readFailpoints,
  skips,
} from './failpoints';

describe('failpoints', () => {
  it('does nothing where none is set', () => {
    expect(readFailpoints(undefined)).toBeUndefined();
    expect(() => failpoint('remediation.calling')).not.toThrow();
    expect(skips('remediation.deadline')).toBe(false);
  });

  it('reads a list, and refuses what it does not understand', () => {
    const usual = { milliseconds: 0, probability: 1, left: Infinity };
    expect(
      readFailpoints('a.b=freeze(2500)x2@0.03; c=crash;d=skip;e=fail@1'),
    ).toEqual(
      new Map([
        [
          'a.b',
          { action: 'freeze', milliseconds: 2500, probability: 0.03, left: 2 },
        ],
        ['c', { ...usual, action: 'crash' }],
        ['d', { ...usual, action: 'skip' }],
        ['e', { ...usual, action: 'fail' }],
      ]),
    );
    expect(() => readFailpoints('a=explode')).toThrow("'a=explode' is no");
  });

  it('fails and skips as it is told', () => {
    const some = createFailpoints('a=fail;b=skip;c=fail@0');
    expect(() => some.failpoint('a')).toThrow('The failpoint a fails');
    expect(() => some.failpoint('b')).not.toThrow();
    expect(() => some.failpoint('c')).not.toThrow();
    const once = createFailpoints('d=failx1');
    expect(() => once.failpoint('d')).toThrow('The failpoint d fails');
    expect(() => once.failpoint('d')).not.toThrow();
    expect([some.skips('a'), some.skips('b')]).toEqual([false, true]);
  });
});
