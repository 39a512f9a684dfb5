import { Evidence } from '@ci-medic/detection';
import {
  SuspectCandidate,
  SuspectedIncident,
  SuspectFindings,
  SuspectSource,
} from '@ci-medic/plugin-ci-medic-node';
import { Knex } from 'knex';
import { CiMedicDatabase, readJson, readText } from '../../database';
import { RunnerFacts, runnerFacts } from '../runnerFacts';

type Options = {
  database: CiMedicDatabase;
  /** The first lines of a job's log. */
  headOf(jobId: string): Promise<string[]>;
};

const HOSTED = /^(?:GitHub Actions|Hosted Agent|green-|shared-)/i;
const HOUR_MS = 3_600_000;
const FEW_FAILURES = 2;

const names: Record<keyof RunnerFacts, string> = {
  image: 'Runner image',
  imageVersion: 'Version of the runner image',
  runnerVersion: 'Version of the runner',
};

/**
 * What changed of the machines: their image, its version, their labels, as the head of the log says; and a machine on
 * which all the failures happened.
 */
export class RunnerSource implements SuspectSource {
  readonly id = 'runners';
  readonly title = 'Runners';
  readonly #options: Options;

  constructor(options: Options) {
    this.#options = options;
  }

  async collect(incident: SuspectedIncident): Promise<SuspectFindings> {
    const suspects = await this.#changes(incident);
    const machine =
      incident.subject === 'figure' ? undefined : await this.#machine(incident);
    return { suspects: machine ? [...suspects, machine] : suspects };
  }

  async #changes(incident: SuspectedIncident): Promise<SuspectCandidate[]> {
    const { lastPass, firstFail, probabilities } = incident;
    if (!lastPass) {
      return [];
    }
    const { headOf } = this.#options;
    const before = runnerFacts(await headOf(lastPass.jobId));
    const after = runnerFacts(await headOf(firstFail.jobId));
    const changed = (Object.keys(names) as (keyof RunnerFacts)[])
      .filter(key => before[key] && after[key] && before[key] !== after[key])
      .map(key => ({ what: names[key], from: before[key]!, to: after[key]! }));
    const oldLabels = await this.#labelsOf(lastPass.jobId);
    const newLabels = await this.#labelsOf(firstFail.jobId);
    if (oldLabels && newLabels && oldLabels !== newLabels) {
      changed.push({ what: 'Labels', from: oldLabels, to: newLabels });
    }
    return changed.map(({ what, from, to }) => ({
      id: `runner:${what}:${from}..${to}`.slice(0, 255),
      kind: 'runner',
      title: `${what} ${from} → ${to}`,
      evidence: [
        { name: 'ci_change', text: 'changed in this range' },
        ...diagnosed(probabilities),
      ],
      shown: { at: firstFail.at },
    }));
  }

  /** A machine of one's own on which every failure happened, and no pass. */
  async #machine(
    incident: SuspectedIncident,
  ): Promise<SuspectCandidate | undefined> {
    const { knex } = this.#options.database;
    const first = await knex('jobs')
      .where({ job_id: incident.firstFail.jobId })
      .first('runner_name');
    const name = readText(first?.runner_name);
    if (!name || HOSTED.test(name)) {
      return undefined;
    }
    const failed = await knex('incident_occurrences')
      .join('jobs', 'jobs.job_id', 'incident_occurrences.job_id')
      .where('incident_occurrences.incident_id', incident.id)
      .limit(200)
      .pluck('jobs.runner_name');
    const here = failed.filter(one => one === name).length;
    const around = await this.#endsOn(knex, name, incident);
    const isAlone = here === failed.length && here + around.failed > 1;
    if (!isAlone || here + around.failed < FEW_FAILURES) {
      return undefined;
    }
    const failures = here + around.failed;
    return {
      id: `machine:${name}`.slice(0, 255),
      kind: 'runner',
      title: `Runner ${name}`,
      evidence: [
        {
          name: 'custom',
          weight: Math.min(
            3,
            Math.log(failures + 1) + (around.passed ? -1 : 1),
          ),
          text: `${failures} failures of ${
            around.projects
          } repositories happened on it, and ${
            around.passed || 'no'
          } passes since the first`,
        },
        ...diagnosed(incident.probabilities),
      ],
      shown: { at: incident.firstFail.at },
    };
  }

  /** How other jobs ended on a machine around the failure. */
  async #endsOn(knex: Knex, name: string, incident: SuspectedIncident) {
    const at = Date.parse(incident.firstFail.at);
    const rows = await knex('jobs')
      .leftJoin(
        'incident_occurrences',
        'incident_occurrences.job_id',
        'jobs.job_id',
      )
      .where('jobs.runner_name', name)
      .whereBetween('jobs.completed_at', [at - HOUR_MS, at + 6 * HOUR_MS])
      .limit(500)
      .select(
        'jobs.project_id',
        'jobs.conclusion',
        'jobs.completed_at',
        'incident_occurrences.incident_id',
      );
    const others = rows.filter(
      row => row.incident_id && row.incident_id !== incident.id,
    );
    return {
      failed: others.length,
      passed: rows.filter(
        row => row.conclusion === 'success' && Number(row.completed_at) > at,
      ).length,
      projects: new Set([
        ...others.map(row => row.project_id),
        incident.project.slug,
      ]).size,
    };
  }

  async #labelsOf(jobId: string): Promise<string | undefined> {
    const row = await this.#options.database
      .knex('jobs')
      .where({ job_id: jobId })
      .first('runner_labels');
    const labels = readJson<string[]>(row?.runner_labels) ?? [];
    return labels.length > 0 ? [...labels].sort().join(', ') : undefined;
  }
}

function diagnosed({
  infrastructure,
}: SuspectedIncident['probabilities']): Evidence[] {
  return infrastructure === undefined
    ? []
    : [{ name: 'diagnosed', value: infrastructure }];
}
