import fc from 'fast-check';
import { Readable } from 'stream';
import { TimeShift } from './TimeShift';

const shift = TimeShift.between(
  Date.parse('2025-12-31T23:59:58.900Z'),
  Date.parse('2026-03-01T00:00:00Z'),
);

async function through(chunks: Buffer[]): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of Readable.from(chunks).pipe(shift.ofLines())) {
    parts.push(part);
  }
  return Buffer.concat(parts);
}

describe('TimeShift', () => {
  it('moves by whole seconds', () => {
    const time = Date.parse('2025-12-31T23:59:58.900Z');
    expect(new Date(shift.apply(time)).toISOString()).toBe(
      '2026-02-28T23:59:59.900Z',
    );
  });

  it('moves the time at the start of each line and nothing else', async () => {
    const text = [
      '\ufeff2025-12-31T23:59:59.1234567Z first',
      '2025-12-31T23:59:59.7654321Z at 2025-12-31T23:59:59Z',
      ' 2025-12-31T23:59:59Z indented',
      '2025-13-31T23:59:59Z no such month',
      '2025-1',
      '',
      '2026-01-01T00:00:00Z last without an end',
    ].join('\n');
    expect((await through([Buffer.from(text)])).toString()).toBe(
      [
        '\ufeff2026-03-01T00:00:00.1234567Z first',
        '2026-03-01T00:00:00.7654321Z at 2025-12-31T23:59:59Z',
        ' 2025-12-31T23:59:59Z indented',
        '2025-13-31T23:59:59Z no such month',
        '2025-1',
        '',
        '2026-03-01T00:00:01Z last without an end',
      ].join('\n'),
    );
  });

  it('gives the same however the log is cut, and changes no length', async () => {
    const line = fc.oneof(
      fc.string({ maxLength: 30 }),
      fc
        .date({
          min: new Date('2020-01-01'),
          max: new Date('2030-01-01'),
          noInvalidDate: true,
        })
        .map(date => `${date.toISOString()} text`),
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(line, { maxLength: 8 }),
        fc.array(fc.integer({ min: 1, max: 25 }), { minLength: 1 }),
        async (lines, sizes) => {
          const log = Buffer.from(lines.join('\n'));
          const chunks: Buffer[] = [];
          let start = 0;
          for (let index = 0; start < log.length; index++) {
            const size = sizes[index % sizes.length];
            chunks.push(log.subarray(start, start + size));
            start += size;
          }
          const before = Buffer.from(log);
          const whole = await through([log]);
          expect(await through(chunks)).toEqual(whole);
          expect(whole.length).toBe(log.length);
          // What arrived belongs to someone else.
          expect(log.equals(before)).toBe(true);
        },
      ),
      { numRuns: 200 },
    );
  });
});
