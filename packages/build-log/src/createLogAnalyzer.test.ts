import fc from 'fast-check';
import { createLogAnalyzer, LogAnalyzerOptions } from './createLogAnalyzer';
import { mergeSketches } from './sketch/mergeSketches';
import { cleanText } from './text/cleanText';
import { maskTemplate } from './templates/maskTemplate';

const encoder = new TextEncoder();

function analyze(
  log: string | Uint8Array,
  options?: LogAnalyzerOptions & { sizes?: number[] },
) {
  const bytes = typeof log === 'string' ? encoder.encode(log) : log;
  const analyzer = createLogAnalyzer(options);
  const sizes = options?.sizes ?? [bytes.length || 1];
  const lines = [];
  for (let at = 0, turn = 0; at < bytes.length; turn++) {
    const end = at + sizes[turn % sizes.length];
    lines.push(...analyzer.write(bytes.subarray(at, end)));
    at = end;
  }
  const { lines: last, analysis } = analyzer.end();
  return { lines: [...lines, ...last], analysis };
}

const stamp = '2026-01-31T10:20:30.1234567Z';
const githubLog = [
  '##[group]Run npm test',
  '\u001b[36;1mnpm test\u001b[0m',
  '##[endgroup]',
  'PASS test/cart.test.ts',
  'FAIL test/discount.test.ts',
  '  ● applyDiscount › applies from exactly the minimum on',
  '',
  '    Expected: 1800',
  '    Received: 2000',
  '',
  'Tests: 1 failed, 12 passed, 13 total',
  '##[error]Process completed with exit code 1.',
]
  .map(line => `${stamp} ${line}`)
  .join('\r\n');

describe('createLogAnalyzer', () => {
  it('takes off what the runner and the terminal added, and remembers it', () => {
    const { lines, analysis } = analyze(githubLog);
    expect(analysis).toMatchObject({ dialect: 'github-actions', lines: 12 });
    expect(lines[1]).toMatchObject({
      number: 2,
      time: stamp,
      text: 'npm test',
      step: 'Run npm test',
      group: ['Run npm test'],
    });
    expect(lines[11]).toMatchObject({
      level: 'error',
      text: 'Process completed with exit code 1.',
    });
    expect(lines[3].group).toBeUndefined();
  });

  it('explains by the failing test, not by the exit code', () => {
    const { analysis } = analyze(githubLog);
    expect(analysis.headline).toContain('applies from exactly the minimum on');
    const [first] = analysis.explanation;
    expect(first.start).toBeLessThanOrEqual(6);
    expect(first.end).toBeGreaterThanOrEqual(9);
    expect(analysis.findings[0]).toMatchObject({
      tool: 'jest',
      test: 'applyDiscount › applies from exactly the minimum on',
    });
  });

  it('prefers what passing runs do not print', () => {
    const usual = 'error: cannot reach the optional cache';
    const odd = 'error: table "orders" is missing';
    const { sketch } = analyze(`start\n${usual}\nfine\nend`, {
      failed: false,
    }).analysis;
    const log = `start\n${usual}\n${'fine\n'.repeat(20)}${odd}\nend`;
    const { analysis } = analyze(log, { passing: [sketch] });
    expect(analysis.headline).toBe(odd);
    expect(analysis.explanation.map(({ start }) => start)).not.toContain(2);
    expect(analysis.explanation[0].message).toContain('passing runs');
  });

  it('gives one fingerprint to one cause, whatever changes around it', () => {
    const cause = (n: number, path: string) =>
      `at ${n} ms\n${path}/src/cart.ts(${n},7): error TS2532: Object is possibly 'undefined'.\n##[error]Process completed with exit code 2.`;
    const { fingerprint } = analyze(cause(12, '/home/a')).analysis;
    expect(analyze(cause(977, '/builds/b/c')).analysis.fingerprint).toBe(
      fingerprint,
    );
    const other = cause(12, '/home/a').replace('TS2532', 'TS2304');
    expect(analyze(other).analysis.fingerprint).not.toBe(fingerprint);
  });

  it('says nothing where a log says nothing', () => {
    const { analysis } = analyze('one\ntwo\nthree\n');
    expect(analysis).toMatchObject({ explanation: [], findings: [] });
    expect(analysis.fingerprint).toBeUndefined();
  });

  it('ignores sketches of another version', () => {
    const { sketch } = analyze(githubLog, { failed: false }).analysis;
    const strange = { ...sketch, version: 99 };
    expect(analyze(githubLog, { passing: [strange] }).analysis.headline).toBe(
      analyze(githubLog).analysis.headline,
    );
    expect(mergeSketches([sketch, strange])).toEqual(sketch);
  });
});

describe('secrets', () => {
  const token = `ghp_${'aB3'.repeat(12)}`;
  const secrets: [string, string, string][] = [
    ['github-token', `push with ${token}`, token],
    ['aws-access-key', 'key AKIAQ4ZJ2X7LMN5PRT6V', 'AKIAQ4ZJ2X7LMN5PRT6V'],
    ['url-password', 'GET https://bob:hunter2x@db.local/x', 'hunter2x'],
    ['password', 'DB_PASSWORD=s3cr3t-value!', 's3cr3t-value!'],
    ['secret', 'tool --api-key 9f8e7d6c5b4a', '9f8e7d6c5b4a'],
    ['authorization', 'Authorization: Bearer abc.def-123456', 'abc.def-123456'],
  ];

  it.each(secrets)('takes out a %s', (kind, line, secret) => {
    const { lines, analysis } = analyze(`error: ${line}\n`);
    expect(JSON.stringify({ lines, analysis })).not.toContain(secret);
    expect(lines[0].text).toContain(`[redacted:${kind}]`);
    expect(analysis.redactions).toEqual({ [kind]: 1 });
  });

  it('takes out a token that terminal codes cut in two', () => {
    const cut = `${token.slice(0, 10)}\u001b[31m${token.slice(10)}`;
    expect(analyze(`error: ${cut}`).lines[0].text).toBe(
      'error: [redacted:github-token]',
    );
  });

  it('takes out private keys over all of their lines', () => {
    const key = [
      'cat key: -----BEGIN RSA PRIVATE KEY-----',
      'MIIEowIBAAKCAQEA7Zt',
      'kq0Zx2ldQ==',
      '-----END RSA PRIVATE KEY-----',
      'done',
    ];
    const { lines } = analyze(key.join('\n'));
    expect(lines.map(({ text }) => text)).toEqual([
      'cat key: [redacted:private-key]',
      '[redacted:private-key]',
      '[redacted:private-key]',
      '[redacted:private-key]',
      'done',
    ]);
  });

  it.each([
    'password: required',
    'token: ***',
    'no secret=true here',
    'passwords.test.ts passed',
    'key = ${API_KEY}',
  ])('leaves "%s" alone', line => {
    expect(analyze(line).lines[0].text).toBe(line);
  });
});

describe('hostile logs', () => {
  it('cuts a line of 100 MB, and goes on after it', () => {
    const analyzer = createLogAnalyzer();
    const chunk = new Uint8Array(1024 * 1024).fill(0x78);
    const before = process.memoryUsage().arrayBuffers;
    for (let n = 0; n < 100; n++) {
      expect(analyzer.write(chunk)).toEqual([]);
    }
    const grown = process.memoryUsage().arrayBuffers - before;
    expect(grown).toBeLessThan(16 * 1024 * 1024);
    const lines = analyzer.write(encoder.encode('\nnext\n'));
    expect(lines).toHaveLength(2);
    expect(lines[0].truncatedBytes).toBe(100 * 1024 * 1024 - 64 * 1024);
    expect(lines[1]).toMatchObject({ number: 2, text: 'next' });
  });

  it('A13: takes out NUL, bidirectional and control characters', () => {
    const bytes = Uint8Array.from([
      0x61, 0, 0x62, 0xff, 0x1b, 0x5b, 0x33, 0x31, 0x6d, 0x63, 0x07, 0x0a,
    ]);
    expect(analyze(bytes).lines[0].text).toBe('ab\u00FFc');
    expect(analyze('x\u202Egnp.exe').lines[0].text).toBe('xgnp.exe');
  });

  it('ends a line at a carriage return, as progress bars do', () => {
    const { lines } = analyze('10%\r50%\r100%\r\ndone');
    expect(lines.map(({ text }) => text)).toEqual([
      '10%',
      '50%',
      '100%',
      'done',
    ]);
  });

  it('never throws, and does not care where a log is cut', () => {
    const pieces = [
      ...githubLog.split(/(?<=\n)/),
      '\u001b[',
      '\u001b]0;title',
      '##[group]',
      'section_start:1:a\r',
      '\r',
      '\n',
      'Error: é€😀 failed\n',
      '-----BEGIN PRIVATE KEY-----\n',
    ];
    fc.assert(
      fc.property(
        fc.array(
          fc.oneof(
            fc.constantFrom(...pieces).map(text => encoder.encode(text)),
            fc.uint8Array({ maxLength: 30 }),
          ),
          { maxLength: 30 },
        ),
        fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1 }),
        (parts, sizes) => {
          const log = Uint8Array.from(parts.flatMap(part => [...part]));
          expect(analyze(log, { sizes })).toEqual(analyze(log));
        },
      ),
      { numRuns: 200 },
    );
  });

  it('cleaning and masking twice is doing it once', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), text => {
        const clean = cleanText(text);
        expect(cleanText(clean)).toBe(clean);
        const masked = maskTemplate(clean);
        expect(maskTemplate(masked)).toBe(masked);
      }),
    );
  });
});
