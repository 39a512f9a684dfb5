import fc from 'fast-check';
import { createLogAnalyzer, LogAnalyzerOptions } from './createLogAnalyzer';

const bytesOf = (text: string) => Buffer.from(text);

function analyze(log: Buffer, options?: LogAnalyzerOptions) {
  const analyzer = createLogAnalyzer(options);
  const lines = analyzer.write(log);
  const { lines: last, analysis } = analyzer.end();
  return { lines: [...lines, ...last], analysis };
}

const token = fc
  .string({
    unit: fc.constantFrom(
      ...'abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789',
    ),
    minLength: 36,
    maxLength: 36,
  })
  .filter(text => new Set(text).size > 16 && !/(.)\1\1|[xX]{2}/.test(text))
  // Half a token without a digit looks like a word.
  .map(text => `7${text.slice(1)}`);

/** Ways in which a log shows a secret. */
const shown = fc.constantFrom<(secret: string) => string>(
  secret => `error: push with ghp_${secret} failed`,
  secret => `Error: cannot reach https://ci:ghp_${secret}@git.example/x`,
  secret => `fatal: ghp_${secret.slice(0, 9)}\u001b[31m${secret.slice(9)}`,
  secret => `{"level":"error","token":"ghp_${secret}"}`,
  secret => `FAILED curl -H "Authorization: Bearer ghp_${secret}" x`,
  secret => `ERROR: ghp_${secret}`,
  secret => `E  ghp_${secret.slice(0, 20)}\n${secret.slice(20)}`,
);

describe('properties', () => {
  it('A40: nothing that was redacted is in any output', () => {
    fc.assert(
      fc.property(
        token,
        shown,
        fc.array(fc.constantFrom('fine', 'Error: no', 'FAIL a.test.ts', ''), {
          maxLength: 6,
        }),
        fc.integer({ min: 1, max: 80 }),
        fc.boolean(),
        (secret, show, around, size, details) => {
          const log = bytesOf(
            [...around, show(secret), ...around, 'exit code 1', ''].join('\n'),
          );
          const analyzer = createLogAnalyzer({ details });
          const outputs: unknown[] = [];
          for (let at = 0; at < log.length; at += size) {
            outputs.push(...analyzer.write(log.subarray(at, at + size)));
          }
          outputs.push(analyzer.end());
          const said = JSON.stringify(outputs);
          expect(said).toContain('[redacted:');
          expect(said).not.toContain(secret.slice(0, 12));
          expect(said).not.toContain(secret.slice(-12));
        },
      ),
      { numRuns: 300 },
    );
  });

  it('what is clean stays as it is', () => {
    const piece = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 30 }),
      fc.constantFrom(
        '\u001b[31m',
        '\u001b]8;;https://example.org\u0007',
        'token=9f8e7d6c5b4a3f2e1d',
        'https://a:hunter22x@b/',
        'apiVersion: v1',
        'kind: Secret',
        'data:',
        '  key: bXlwYXNzd29yZA==',
      ),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), pieces => {
        const options = { failed: false };
        const once = analyze(bytesOf(pieces.join('\n')), options).lines.map(
          ({ text }) => text,
        );
        // What begins a group or a time for the runner is taken off once.
        fc.pre(once.every(text => !/^(?:##|::|\[|\d{4}-)/.test(text)));
        const twice = analyze(bytesOf(`${once.join('\n')}\n`), options);
        expect(
          twice.lines.map(({ text }) => text).slice(0, once.length),
        ).toEqual(once);
      }),
      { numRuns: 300 },
    );
  });

  it('lines that came before are read as the first time', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.constantFrom(
            'error: disk full',
            '[INFO] -----BEGIN',
            '[ERROR] x.java:[3,4] cannot find symbol',
            'Done in 3 ms',
            'Done in 4 ms',
            'kind: Secret',
            'data:',
            '  password: UyFCXCpkJHpEc2I9',
            'password=hunter22x',
            '+ make',
            '',
          ),
          { minLength: 1, maxLength: 40 },
        ),
        pieces => {
          const log = bytesOf(`${pieces.join('\n')}\n`);
          const fast = analyze(log, { lines: false }).analysis;
          const slow = analyze(log, { details: true }).analysis;
          expect(fast.explanation).toEqual(slow.explanation);
          expect(fast.redactions).toEqual(slow.redactions);
          expect(fast.sketch).toEqual(slow.sketch);
        },
      ),
      { numRuns: 300 },
    );
  });

  it('a long line costs a look at each character', () => {
    const nasty = [
      'a.b:'.repeat(16_000),
      '"'.repeat(64_000),
      `${' '.repeat(64_000)}x`,
      'error: '.repeat(9_000),
      'key='.repeat(16_000),
      '-'.repeat(64_000),
      'eyJ.'.repeat(16_000),
      '/a'.repeat(32_000),
    ];
    // What is quadratic takes minutes for these and runs into the limit.
    expect(analyze(bytesOf(nasty.join('\n'))).lines).toHaveLength(8);
  }, 20_000);

  it('a fingerprint forgets what changes and keeps what matters', () => {
    const rules = fc.constantFrom('TS2532', 'TS2304', 'TS7006');
    const named = (n: number, folder: string, rule: string) =>
      analyze(
        bytesOf(
          `took ${n} ms\n${folder}/src/cart.ts(${n},7): error ${rule}: no ${n}\n`,
        ),
      ).analysis.fingerprint;
    fc.assert(
      fc.property(
        fc.nat(9_999),
        fc.nat(9_999),
        fc.constantFrom('/home/a/w', '/builds/x/y', '/tmp/q'),
        rules,
        rules,
        (one, other, folder, rule, otherRule) => {
          const fingerprint = named(one, folder, rule);
          expect(fingerprint).toBeDefined();
          expect(named(other, '/w', rule)).toBe(fingerprint);
          expect(named(one, folder, otherRule) === fingerprint).toBe(
            rule === otherRule,
          );
        },
      ),
    );
  });
});
