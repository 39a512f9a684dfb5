import { bundledModels, ModelServer } from '@ci-medic/model-service';
import { Command } from 'commander';
import { readOrganisation } from '../series/readOrganisation';
import { JudgedIncident, readIncidents } from './readIncidents';
import { scoreIncidents } from './scoreIncidents';

const say = (text: string) => {
  process.stderr.write(`${text}\n`);
};

export const command = new Command('path')
  .description(
    'Diagnoses and suspects of simulated organisations against their hidden truth',
  )
  .option('--weeks <number>', 'weeks of history', '4')
  .option('--seeds <number>', 'organisations', '5')
  .action(async options => {
    const print = process.stdout.write.bind(process.stdout);
    // Standard output is for the result alone.
    process.stdout.write = process.stderr.write.bind(
      process.stderr,
    ) as typeof process.stdout.write;
    const weeks = Number(options.weeks);
    const model = await ModelServer.start({ models: bundledModels() });
    const all: JudgedIncident[] = [];
    for (let seed = 1; seed <= Number(options.seeds); seed++) {
      const organisation = await readOrganisation({
        ...{ say, weeks, seed: String(seed) },
        ciMedic: { diagnosis: { model: { url: model.url } } },
      });
      const judged = await readIncidents(organisation);
      all.push(...judged);
      say(JSON.stringify(scoreIncidents(judged)));
      await organisation.backend.stop();
      await organisation.simulator.close();
    }
    const basis =
      'history is read as that of a new customer; a cause is the one of the first failed job of an incident; Wilson intervals';
    const result = { weeks, seeds: Number(options.seeds), basis };
    print(
      `${JSON.stringify(
        { ...result, ...scoreIncidents(all) },
        undefined,
        2,
      )}\n`,
    );
    process.exit(0);
  });
