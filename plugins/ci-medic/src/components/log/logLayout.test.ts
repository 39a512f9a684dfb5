import { logLine } from './__fixtures__/logOf';
import { groupKeys, layOutLog } from './logLayout';
import { splitHiddenCharacters } from './hiddenCharacters';
import { webAddress } from './webAddress';

const LINES = [
  logLine(1, { step: 'Build' }),
  logLine(2, { step: 'Build', group: ['npm ci'] }),
  logLine(3, { step: 'Build', group: ['npm ci', 'audit'] }),
  logLine(4, { step: 'Build' }),
  logLine(5),
];

const outline = (folded: string[] = []) =>
  layOutLog(LINES, new Set(folded)).map(row =>
    row.kind === 'line'
      ? row.line.number
      : `${row.depth} ${row.name} (${row.size})${row.folded ? ' folded' : ''}`,
  );

describe('layOutLog', () => {
  it('puts each group under a heading that counts its lines', () => {
    expect(outline()).toEqual([
      '0 Build (4)',
      1,
      '1 npm ci (2)',
      2,
      '2 audit (1)',
      3,
      4,
      5,
    ]);
  });

  it('leaves out what is folded, inner headings included', () => {
    const [, npmCi] = groupKeys(LINES[1]);
    expect(outline([npmCi])).toEqual([
      '0 Build (4)',
      1,
      '1 npm ci (2) folded',
      4,
      5,
    ]);
  });
});

describe('splitHiddenCharacters', () => {
  it.each([
    ['plain\ttext', ['plain\ttext']],
    ['', []],
    ['Grüße, 日本語, 👩\u200d💻', ['Grüße, 日本語, 👩\u200d💻']],
    ['a\u202eb\u2066', ['a', 'U+202E', 'b', 'U+2066']],
    ['\u0000\u{e0041}', ['U+0000', 'U+E0041']],
  ])('splits %j', (text, parts) => {
    expect(splitHiddenCharacters(text).map(part => part.text)).toEqual(parts);
  });
});

describe('webAddress', () => {
  it.each([
    ['https://github.com/a/b/runs/1', 'https://github.com/a/b/runs/1'],
    ['javascript:alert(1)', undefined], // eslint-disable-line no-script-url
    ['data:text/html,x', undefined],
    ['/relative', undefined],
    [undefined, undefined],
  ])('of %j is %j', (address, expected) => {
    expect(webAddress(address)).toBe(expected);
  });
});
