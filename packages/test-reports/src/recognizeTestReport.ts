import { TestReportFormat } from './types';

const HEAD_LENGTH = 8_192;
const ROOT = /<(?:[\w.-]+:)?([A-Za-z][\w.-]*)[\s/>]/;

/**
 * Tells by the beginning of a file which kind of report it is; `undefined` when it is none. The first 4 KB are enough.
 *
 * @public
 */
export function recognizeTestReport(
  head: Uint8Array | string,
  fileName?: string,
): TestReportFormat | undefined {
  const text = textOf(head).trimStart();
  if (text.startsWith('<')) {
    return recognizeXml(text, fileName);
  }
  if (/^\{/.test(text)) {
    return recognizeJson(text);
  }
  return undefined;
}

function recognizeXml(
  text: string,
  fileName: string | undefined,
): TestReportFormat | undefined {
  const content = text
    .replace(/<\?.*?\?>/gs, '')
    .replace(/<!--.*?-->/gs, '')
    .replace(/<![^>]*>/g, '');
  switch (ROOT.exec(content)?.[1]) {
    case 'testsuites':
    case 'testsuite':
      return 'junit';
    case 'TestRun':
      return 'trx';
    case 'test-run':
    case 'test-results':
    case 'test-suite':
      return 'nunit';
    case 'assemblies':
    case 'assembly':
      return 'xunit';
    default:
      return fileName?.toLowerCase().endsWith('.trx') ? 'trx' : undefined;
  }
}

function recognizeJson(text: string): TestReportFormat | undefined {
  const [line] = text.split('\n', 1);
  if (/"protocolVersion"/.test(line) && /"runnerVersion"/.test(line)) {
    return 'dart-json';
  }
  if (/"Action":"/.test(line) && /"Package":"/.test(line)) {
    return 'go-json';
  }
  if (/^\{\s*"stats":\s*\{\s*"suites"/.test(text)) {
    return 'mocha-json';
  }
  return /^\{\s*"version":.{0,200}"examples":/s.test(text)
    ? 'rspec-json'
    : undefined;
}

function textOf(head: Uint8Array | string): string {
  if (typeof head === 'string') {
    return head.slice(0, HEAD_LENGTH).replace(/^\uFEFF/, '');
  }
  const isWide =
    (head[0] === 0xfe && head[1] === 0xff) ||
    (head[0] === 0xff && head[1] === 0xfe);
  const wide = head[0] === 0xfe ? 'utf-16be' : 'utf-16le';
  return new TextDecoder(isWide ? wide : 'utf-8').decode(
    head.subarray(0, HEAD_LENGTH),
  );
}
