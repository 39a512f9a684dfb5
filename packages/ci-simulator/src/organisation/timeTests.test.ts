import { timeTests } from './timeTests';

const report = `<testsuite name="shop" time="0.02">
<testcase classname="cart" name="adds" time="0.010"/>
<testcase classname="cart" name="removes" time="0.010"><failure>no</failure></testcase>
</testsuite>`;

const secondsIn = (text: string) =>
  [...text.matchAll(/<testcase[^>]* time="([^"]*)"/g)].map(([, time]) =>
    Number(time),
  );

describe('timeTests', () => {
  it('gives each test its part of the step, much the same in each run', () => {
    const [adds, removes] = secondsIn(timeTests(report, 100_000, 'run 1'));
    expect(adds + removes).toBeGreaterThan(50);
    expect(adds + removes).toBeLessThan(70);
    const [again] = secondsIn(timeTests(report, 100_000, 'run 2'));
    expect(again).not.toBe(adds);
    expect(again / adds).toBeGreaterThan(0.8);
    expect(again / adds).toBeLessThan(1.25);
    expect(timeTests(report, 100_000, 'run 1')).toContain('<failure>no');
  });

  it('leaves alone what is no report of JUnit', () => {
    expect(timeTests('ok 1 - adds', 1_000, '')).toBe('ok 1 - adds');
  });
});
