import { Command } from 'commander';
import { readOrganisation } from './readOrganisation';
import { rebuildYear } from './rebuildYear';
import { scoreFindings } from './scoreFindings';

const say = (text: string) => {
  process.stderr.write(`${text}\n`);
};

/** Standard output is for the result alone; the backend's log goes to the other one. */
function printer(): (result: object) => void {
  const print = process.stdout.write.bind(process.stdout);
  process.stdout.write = process.stderr.write.bind(
    process.stderr,
  ) as typeof process.stdout.write;
  return result => {
    print(`${JSON.stringify(result, undefined, 2)}\n`);
  };
}

const DAY_MS = 86_400_000;
const MORNING_MS = 7 * 3_600_000;

/** What people do depends on the weekday: the same history whenever it is measured, but for the weeks that it is of. */
function lastThursday(now: number): number {
  const day = Math.floor(now / DAY_MS) * DAY_MS - 2 * DAY_MS;
  const back = (new Date(day).getUTCDay() + 3) % 7;
  return day - back * DAY_MS + MORNING_MS;
}

const findings = new Command('findings')
  .description(
    'Which hidden causes of a simulated organisation are found, missed and invented',
  )
  .option('--weeks <number>', 'weeks of history', '8')
  .option('--seed <seed>', 'of the organisation', '1')
  .action(async ({ weeks, seed }) => {
    const print = printer();
    const organisation = await readOrganisation({
      ...{ seed, say, weeks: Number(weeks) },
      until: lastThursday(Date.now()),
    });
    try {
      say('Comparing with the truth …');
      print(await scoreFindings(organisation));
    } finally {
      await organisation.backend.stop();
      await organisation.simulator.close();
    }
    process.exit(0);
  });

const rebuild = new Command('rebuild')
  .description(
    'How long it takes to build all series of a year anew, and how fast the API answers meanwhile',
  )
  .option('--services <number>', 'services', '12')
  .option('--days <number>', 'days of history', '365')
  .option('--runs <number>', 'runs of each service a day', '5')
  .action(async ({ services, days, runs }) => {
    const print = printer();
    print(
      await rebuildYear({
        ...{ say, services: Number(services), days: Number(days) },
        runsPerDay: Number(runs),
      }),
    );
    process.exit(0);
  });

export const command = new Command('series')
  .description(
    'Series and anomalies: what is found, and how fast they are built',
  )
  .addCommand(findings)
  .addCommand(rebuild);
