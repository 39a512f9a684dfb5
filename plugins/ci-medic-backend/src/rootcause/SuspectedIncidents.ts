import { Diagnosis, Explanation } from '@ci-medic/plugin-ci-medic-common';
import { SuspectedIncident } from '@ci-medic/plugin-ci-medic-node';
import { CiMedicDatabase, readJson, readProject } from '../database';
import { namedFiles } from './namedFiles';
import { FailureRange, RangeFinder } from './RangeFinder';

type Options = {
  database: CiMedicDatabase;
  mainBranches: string[];
  /** Why a job failed, as far as its log says. */
  explain(jobId: string): Promise<Explanation>;
};

const MOST_HOSTS = 3;

type StoredPackage = { name: string; version?: string; line?: number };

/** An incident with all that is stored of it for finding its cause. */
export type IncidentToExplain = {
  incident: Omit<SuspectedIncident, 'comparison'>;
  range: FailureRange;
  /** Hosts that the log names in what went wrong. */
  hosts: string[];
};

/**
 * Puts together what is known of an incident before anybody is asked.
 */
export class SuspectedIncidents {
  readonly #options: Options;
  readonly #ranges: RangeFinder;

  constructor(options: Options) {
    this.#options = options;
    const { database, mainBranches } = options;
    this.#ranges = new RangeFinder({ knex: database.knex, mainBranches });
  }

  /** `undefined` when there is no such incident any more. */
  async find(incidentId: string): Promise<IncidentToExplain | undefined> {
    const { knex } = this.#options.database;
    const row = await knex('incidents')
      .join('projects', 'projects.id', 'incidents.project_id')
      .where('incidents.id', incidentId)
      .first(
        'incidents.fingerprint',
        'incidents.kind',
        'incidents.project_id',
        'provider',
        'host',
        'slug',
      );
    const isAnomaly = row?.kind === 'anomaly';
    const range =
      row &&
      (isAnomaly
        ? await this.#ranges.findMoved(incidentId)
        : await this.#ranges.find(incidentId));
    if (!range) {
      return undefined;
    }
    const project = readProject({ ...row, id: row.project_id }).ref;
    // The log of a job that passed names nothing that went wrong.
    const explanation: Pick<Explanation, 'findings' | 'ranges'> = isAnomaly
      ? { findings: [], ranges: [] }
      : await this.#options.explain(range.latestJobId);
    const lines = explanation.ranges.flatMap(one =>
      one.lines.map(({ number, text }) => ({ number, text })),
    );
    const { jobName, pipelinePath, branch, lastPass, firstFail } = range;
    return {
      range,
      hosts: [
        ...new Set(explanation.findings.flatMap(({ host }) => host ?? [])),
      ].slice(0, MOST_HOSTS),
      incident: {
        ...{ id: incidentId, project, jobName, pipelinePath, branch },
        subject: isAnomaly ? 'figure' : 'failure',
        ...{ lastPass, firstFail, lines },
        fingerprint: row.fingerprint,
        entityRefs: await knex('incident_occurrences')
          .join(
            'run_entities',
            'run_entities.run_id',
            'incident_occurrences.run_id',
          )
          .where({ incident_id: incidentId })
          .distinct()
          .orderBy('entity_ref')
          .pluck('entity_ref'),
        files: [
          ...explanation.findings.flatMap(({ file, sourceLine }) =>
            file ? { path: file, line: sourceLine } : [],
          ),
          ...namedFiles(lines),
        ],
        packages: isAnomaly
          ? []
          : await this.#packages(range.latestJobId, explanation),
        probabilities: await this.#probabilities(incidentId),
      },
    };
  }

  outcomes(incidentId: string, range: FailureRange) {
    return this.#ranges.outcomes(incidentId, range);
  }

  async #packages(jobId: string, { findings }: Pick<Explanation, 'findings'>) {
    const log = await this.#options.database
      .knex('job_logs')
      .where({ job_id: jobId })
      .first('packages');
    const found = readJson<StoredPackage[]>(log?.packages) ?? [];
    return [
      ...found.map(({ name, version, line }) => ({ name, version, line })),
      ...findings.flatMap(({ package: name, version, line }) =>
        name ? { name, version, line } : [],
      ),
    ];
  }

  async #probabilities(incidentId: string) {
    const row = await this.#options.database
      .knex('diagnoses')
      .where({ incident_id: incidentId })
      .orderBy('version', 'desc')
      .first('body');
    return readJson<Diagnosis>(row?.body)?.probabilities ?? {};
  }
}
