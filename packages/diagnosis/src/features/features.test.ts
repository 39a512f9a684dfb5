import * as fc from 'fast-check';
import { CONTEXT_FEATURES } from './contextFeatures';
import { hashText, TEXT_FEATURES } from './hashText';
import { FEATURES, joinFeatures, modelFeatures } from './modelFeatures';
import { stepKind } from './stepKind';

describe('features', () => {
  it('do not see what differs from run to run', () => {
    expect(hashText('Job 17 failed after 9 s: 0x1f')).toEqual(
      hashText('job 4711 FAILED after 12 s: 0x2f'),
    );
    expect(hashText('status 503')).not.toEqual(hashText('status 404'));
    expect(hashText('a\nfailed test')).not.toEqual(hashText('failed\ntest'));
    expect(hashText('1 2 ! ').every(value => value === 0)).toBe(true);
  });

  it('have length 1 for any text', () => {
    fc.assert(
      fc.property(fc.string(), text => {
        const length = hashText(text).reduce((sum, one) => sum + one * one, 0);
        expect(length === 0 || Math.abs(length - 1) < 1e-4).toBe(true);
      }),
    );
  });

  it('join words with what is known besides', () => {
    const { text, features } = modelFeatures({
      analysis: {
        explanation: [{ start: 5, end: 5, reason: 'infrastructure' }],
        findings: [{ tool: 'npm', kind: 'dns', line: 5, message: 'ENOTFOUND' }],
        packages: [],
      },
      lines: [
        { number: 3, text: 'before' },
        { number: 5, text: 'getaddrinfo ENOTFOUND' },
      ],
      job: { name: 'ci', step: 'Run npm ci', exitCodes: [1] },
    });
    expect(text).toBe('getaddrinfo ENOTFOUND\nbefore');
    const known = CONTEXT_FEATURES.filter(
      (_, index) => features[TEXT_FEATURES + index] === 1,
    );
    expect(known).toEqual([
      'step:install',
      'exit:1',
      'finding:dns',
      'explained_by:infrastructure',
      'sign:infrastructure.dns',
      'strongest_sign:infrastructure.dns',
    ]);
    expect(joinFeatures(text)).toHaveLength(FEATURES);
  });

  it.each([
    ['Run actions/checkout@v4', 'ci', 'checkout'],
    ['Run npm test', 'build', 'test'],
    [undefined, 'linux-x86_64', 'build'],
    ['???', undefined, 'other'],
    [undefined, undefined, undefined],
  ])('take the step %s of the job %s for %s', (step, job, kind) => {
    expect(stepKind(step, job)).toBe(kind);
  });
});
