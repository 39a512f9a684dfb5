import { createLogAnalyzer } from '@ci-medic/build-log';
import { mockServices } from '@backstage/backend-test-utils';
import { readLogRules } from './readLogRules';

const configOf = (logs: object) =>
  mockServices.rootConfig({ data: { logs } as any });

const licence = {
  name: 'licence server',
  pattern: 'licen[cs]e server (?P<host>\\S+) does not answer',
  category: 'infrastructure',
  advice: 'Restart the licence server.',
  examples: {
    match: ['error: license server lic-1 does not answer'],
    no_match: ['license server ready'],
  },
};

describe('readLogRules', () => {
  it('makes what a rule recognizes explain the failure, with its advice', () => {
    const { rules } = readLogRules(configOf({ rules: [licence] }));
    const analyzer = createLogAnalyzer({ rules });
    analyzer.write(
      Buffer.from(
        'start\nwe wait: licence server lic-7 does not answer\nError: build failed\n',
      ),
    );
    const { analysis } = analyzer.end();
    expect(analysis.explanation[0]).toMatchObject({
      start: 2,
      reason: 'user_rule',
    });
    expect(analysis.findings[0]).toMatchObject({
      rule: 'licence server',
      advice: 'Restart the licence server.',
      captures: { host: 'lic-7' },
    });
  });

  it('takes out secrets of shapes that only the adopter knows', () => {
    const { secrets } = readLogRules(
      configOf({ secrets: [{ kind: 'badge', pattern: 'BADGE-[0-9]{6}' }] }),
    );
    const analyzer = createLogAnalyzer({ secrets });
    const lines = analyzer.write(Buffer.from('opened by BADGE-123456 today\n'));
    expect(lines[0].text).toBe('opened by [redacted:badge] today');
  });

  it.each([
    [{ rules: [{ ...licence, pattern: '(a' }] }, /licence server/],
    [{ rules: [{ ...licence, pattern: '(?=a)b' }] }, /licence server/],
    [
      { rules: [{ ...licence, examples: { match: ['fine'] } }] },
      /does not match its example/,
    ],
    [{ rules: [{ ...licence, colour: 'red' }] }, /colour/],
    [{ secrets: [{ kind: 'x', pattern: '[' }] }, /ciMedic.logs.secrets: 'x'/],
  ])('says what is wrong with %j', (logs, message) => {
    expect(() => readLogRules(configOf(logs))).toThrow(message);
  });

  it('has no rules by default', () => {
    expect(readLogRules(undefined).rules.isEmpty).toBe(true);
  });
});
