import { bundledModels, ModelServer } from '@ci-medic/model-service';
import { Command } from 'commander';
import { appendFile } from 'fs/promises';
import { readOrganisation } from '../series/readOrganisation';
import { countMessages, MessageCount } from './countMessages';
import { measureLatency } from './measureLatency';
import { PostedMessages } from './PostedMessages';
import { JudgedIncident, readIncidents } from './readIncidents';
import { scoreIncidents } from './scoreIncidents';

const LENGTHS = [1_000, 50_000];

const say = (text: string) => {
  process.stderr.write(`${text}\n`);
};

export const command = new Command('path')
  .description(
    'Diagnoses, suspects and messages of simulated organisations against their hidden truth',
  )
  .option('--weeks <number>', 'weeks of history', '4')
  .option('--seeds <number>', 'organisations', '5')
  .option('--hours <number>', 'hours that each then lives on', '48')
  .option('--failures <number>', 'failures for the latency, each length', '40')
  .option(
    '--cases <file>',
    'appends what was said of each incident, and what was the matter, as JSON lines',
  )
  .action(async options => {
    const print = process.stdout.write.bind(process.stdout);
    // Standard output is for the result alone.
    process.stdout.write = process.stderr.write.bind(
      process.stderr,
    ) as typeof process.stdout.write;
    const [weeks, seeds, hours, failures] = [
      ...[options.weeks, options.seeds, options.hours, options.failures],
    ].map(Number);
    const model = await ModelServer.start({ models: bundledModels() });
    const latency = [];
    for (const lines of LENGTHS) {
      latency.push(
        await measureLatency({ lines, failures, modelUrl: model.url, say }),
      );
    }
    const all: JudgedIncident[] = [];
    const told: MessageCount[] = [];
    for (let seed = 1; seed <= seeds; seed++) {
      const { judged, count } = await live(String(seed), {
        ...{ weeks, hours, modelUrl: model.url },
      });
      all.push(...judged);
      if (options.cases) {
        await appendFile(options.cases, judged.map(toLine).join(''));
      }
      told.push(count);
      say(JSON.stringify({ seed, ...count, ...scoreIncidents(judged) }));
    }
    const sum = (part: keyof MessageCount) =>
      told.reduce((total, count) => total + count[part], 0);
    const result = {
      ...{ weeks, seeds, hours },
      basis:
        'history is read as that of a new customer, then each organisation lives on with its webhooks; a cause is the one of the first failed job of an incident; shares with Wilson intervals, others resampled (2,000 times)',
      ...scoreIncidents(all),
      messages_per_incident: {
        value: Math.round((100 * sum('messages')) / sum('incidents')) / 100,
        most: Math.max(...told.map(({ most }) => most)),
        incidents: sum('incidents'),
        notes: sum('notes'),
        basis:
          'messages of incidents that were open when history had been read, or began after it',
      },
      latency_s: latency,
    };
    print(`${JSON.stringify(result, undefined, 2)}\n`);
    process.exit(0);
  });

function toLine({ incident, ...rest }: JudgedIncident): string {
  const { id, title, firstSeenAt } = incident.incident;
  return `${JSON.stringify({ id, title, firstSeenAt, ...rest })}\n`;
}

async function live(
  seed: string,
  options: { weeks: number; hours: number; modelUrl: string },
): Promise<{ judged: JudgedIncident[]; count: MessageCount }> {
  const { weeks, hours, modelUrl } = options;
  const messages = await PostedMessages.start();
  const organisation = await readOrganisation({
    ...{ say, weeks, seed },
    ciMedic: {
      diagnosis: { model: { url: modelUrl } },
      // Simulated time is not that of the clock on the wall.
      alerts: { maxAge: 'P1Y', notifications: false },
    },
    modules: [messages.module],
  });
  const { backend, simulator } = organisation;
  try {
    const count = await countMessages(organisation, messages, hours);
    return { judged: await readIncidents(organisation), count };
  } finally {
    await backend.stop();
    await messages.stop();
    await simulator.close();
  }
}
