import fc from 'fast-check';
import { createTestReportParser } from './createTestReportParser';
import { parseTestReport } from './parseTestReport';
import { recognizeTestReport } from './recognizeTestReport';
import { TestReportError } from './TestReportError';
import { TestCaseResult, TestReportFormat } from './types';

const report = `<?xml version="1.0" encoding="UTF-8"?>
<testsuites><testsuite name="outer"><testsuite name="inner" file="a.test.ts">
  <testcase classname="Money" name="adds &lt;two&gt; €" time="1,234.5"/>
  <testcase classname="Money" name="breaks" line="12"><failure message="off by one">at a.test.ts:12</failure></testcase>
  <testcase name="later"><skipped/></testcase>
  <testcase name="shaky" classname="X"><failure/></testcase>
  <testcase name="shaky" classname="X"/>
</testsuite></testsuite></testsuites>`;

function parseInChunks(text: string, sizes: number[]) {
  const bytes = new TextEncoder().encode(text);
  const cases: TestCaseResult[] = [];
  const parser = createTestReportParser({ onCase: one => cases.push(one) });
  for (let at = 0, turn = 0; at < bytes.length; turn++) {
    const size = sizes[turn % sizes.length];
    parser.write(bytes.subarray(at, at + size));
    at += size;
  }
  return { summary: parser.end(), cases };
}

function outcomeOf(text: string, format: TestReportFormat): unknown {
  try {
    parseTestReport(text, { format });
    return 'as promised';
  } catch (error) {
    return error instanceof TestReportError ? 'as promised' : error;
  }
}

describe('createTestReportParser', () => {
  it('reads cases with where they are and why they failed', () => {
    const { summary, cases } = parseTestReport(report);
    expect(summary).toEqual({
      format: 'junit',
      ...{ cases: 4, passed: 2, failed: 1, error: 0, skipped: 1 },
      ...{ flaky: 1, dropped: 0 },
    });
    expect(cases[0]).toMatchObject({
      suite: 'outer > inner',
      name: 'adds <two> €',
      file: 'a.test.ts',
      durationMs: 1_234_500,
    });
    expect(cases[1]).toMatchObject({
      outcome: 'failed',
      line: 12,
      message: 'off by one',
      details: 'at a.test.ts:12',
    });
    expect(cases[3]).toMatchObject({ name: 'shaky', flaky: true, retries: 1 });
  });

  it('does not care where the file is cut', () => {
    const whole = parseTestReport(report);
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1 }),
        sizes => {
          expect(parseInChunks(report, sizes)).toEqual(whole);
        },
      ),
      { numRuns: 50 },
    );
  });

  it('gives cases or a TestReportError for any input', () => {
    const pieces = report.split(/(?=<)/);
    fc.assert(
      fc.property(
        fc.array(fc.oneof(fc.constantFrom(...pieces), fc.string())),
        parts => {
          expect(outcomeOf(parts.join(''), 'junit')).toBe('as promised');
        },
      ),
      { numRuns: 300 },
    );
  });

  it.each<TestReportFormat>([
    'dart-json',
    'go-json',
    'mocha-json',
    'rspec-json',
  ])('gives cases or a TestReportError for any JSON as %s', format => {
    const words = ['type', 'suite', 'group', 'test', 'testStart', 'testDone']
      .concat(['id', 'testID', 'groupIDs', 'name', 'result', 'Action', 'Test'])
      .concat(['run', 'pass', 'tests', 'examples', 'status', 'constructor'])
      .concat(['err', 'exception', 'backtrace', 'title', 'Output', 'toString']);
    const word = fc.constantFrom(...words);
    const { value } = fc.letrec(tie => ({
      value: fc.oneof(
        { maxDepth: 4 },
        fc.oneof(word, fc.nat(3), fc.constant(null)),
        fc.dictionary(word, tie('value'), { maxKeys: 6 }),
        fc.array(tie('value'), { maxLength: 4 }),
      ),
    }));
    fc.assert(
      fc.property(fc.array(value, { maxLength: 6 }), values => {
        const text = values.map(one => JSON.stringify(one)).join('\n');
        expect(outcomeOf(text, format)).toBe('as promised');
      }),
      { numRuns: 200 },
    );
  });

  it.each([
    ['nothing', '', /empty/],
    ['an end in the middle', report.slice(0, 300), /malformed/],
    ['another document', '<html></html>', /not a test report/],
    ['NUL', report.replace('later', 'la\0ter'), /NUL/],
    [
      'entities of its own',
      `<!DOCTYPE a [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><testsuite/>`,
      /entities of its own/,
    ],
    [
      'elements in 300 levels',
      '<testsuite>'.repeat(300) + '</testsuite>'.repeat(300),
      /deeper than 200/,
    ],
  ])('rejects %s', (_, text, message) => {
    expect(() => parseTestReport(text)).toThrow(TestReportError);
    expect(() => parseTestReport(text)).toThrow(message);
  });

  it('counts cases beyond its limit without keeping them', () => {
    const cases: TestCaseResult[] = [];
    const parser = createTestReportParser({
      maxCases: 10,
      onCase: one => cases.push(one),
    });
    parser.write('<testsuite>');
    for (let n = 0; n < 25; n++) {
      parser.write(`<testcase name="${n}"/>`);
    }
    parser.write('</testsuite>');
    expect(parser.end()).toMatchObject({ cases: 10, dropped: 15 });
    expect(cases).toHaveLength(10);
  });

  it('refuses a report that is larger than its limit', () => {
    const parser = createTestReportParser({
      maxBytes: 1_000,
      onCase: () => {},
    });
    parser.write('<testsuite>');
    expect(() => parser.write(' '.repeat(990))).toThrow(
      new TestReportError(
        'The report is refused: it is larger than 1000 bytes',
      ),
    );
  });

  it('refuses a text that does not end', () => {
    const parser = createTestReportParser({ onCase: () => {} });
    const mebibyte = 'x'.repeat(1024 ** 2);
    const feed = () => {
      parser.write('<testsuite><system-out>');
      for (let n = 0; n < 40; n++) {
        parser.write(mebibyte);
      }
    };
    expect(feed).toThrow(/one of its texts is longer than/);
  });

  it('keeps what a database takes of texts, and no more than their limits', () => {
    const long = 'x'.repeat(100_000);
    const examples = [
      {
        description: `a\0b${long}`,
        status: 'failed',
        exception: { message: long, backtrace: [long] },
      },
      { description: '\ud800', status: 'constructor' },
    ];
    const { cases } = parseTestReport(
      JSON.stringify({ version: '1', examples }),
    );
    expect(cases[0].name).toMatch(/^a\uFFFDbx{997}$/);
    expect(cases[0].message).toHaveLength(4_000);
    expect(cases[0].details).toHaveLength(32_000);
    expect(cases[1]).toMatchObject({ name: '\uFFFD', outcome: 'skipped' });
  });

  it('tells runs again of one place from cases that share a name', () => {
    const failure = (line: string) =>
      `<testcase name="a" ${line}><failure/></testcase>`;
    const casesOf = (...lines: string[]) =>
      parseTestReport(`<testsuite>${lines.map(failure).join('')}</testsuite>`)
        .cases;
    expect(casesOf('line="3"', 'line="3"')).toMatchObject([
      { outcome: 'failed', flaky: false, retries: 1 },
    ]);
    expect(casesOf('line="3"', 'line="4"')).toHaveLength(2);
    expect(casesOf('', '')).toHaveLength(2);
  });

  it('recognizes reports by their beginning', () => {
    expect(recognizeTestReport(report)).toBe('junit');
    expect(recognizeTestReport('\uFEFF<!-- x --><t:TestRun id="1">')).toBe(
      'trx',
    );
    expect(
      recognizeTestReport('{"Time":"t","Action":"run","Package":"p"}'),
    ).toBe('go-json');
    expect(recognizeTestReport('<html>')).toBeUndefined();
    expect(recognizeTestReport('plain')).toBeUndefined();
  });
});
