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
    expect(
      readFailpoints('a.b=freeze(2500)@0.03; c=crash;d=skip;e=fail@1'),
    ).toEqual(
      new Map([
        ['a.b', { action: 'freeze', milliseconds: 2500, probability: 0.03 }],
        ['c', { action: 'crash', milliseconds: 0, probability: 1 }],
        ['d', { action: 'skip', milliseconds: 0, probability: 1 }],
        ['e', { action: 'fail', milliseconds: 0, probability: 1 }],
      ]),
    );
    expect(() => readFailpoints('a=explode')).toThrow("'a=explode' is no");
  });

  it('fails and skips as it is told', () => {
    const some = createFailpoints('a=fail;b=skip;c=fail@0');
    expect(() => some.failpoint('a')).toThrow('The failpoint a fails');
    expect(() => some.failpoint('b')).not.toThrow();
    expect(() => some.failpoint('c')).not.toThrow();
    expect([some.skips('a'), some.skips('b')]).toEqual([false, true]);
  });
});
