import { toCsv } from './toCsv';

describe('toCsv', () => {
  it('keeps texts apart, and lets no spreadsheet run what a log said', () => {
    const rows = [
      { title: 'It said "no", twice', minutes: -1.5 },
      { title: '=HYPERLINK("http://evil.example","click")', minutes: 2 },
      { title: 'two\nlines', minutes: 3 },
      { title: undefined, minutes: 0 },
    ];
    expect(
      toCsv(rows, {
        title: ({ title }) => title,
        minutes: ({ minutes }) => minutes,
      }),
    ).toBe(
      [
        'title,minutes',
        '"It said ""no"", twice",-1.5',
        `"'=HYPERLINK(""http://evil.example"",""click"")",2`,
        '"two\nlines",3',
        ',0',
        '',
      ].join('\r\n'),
    );
  });
});
