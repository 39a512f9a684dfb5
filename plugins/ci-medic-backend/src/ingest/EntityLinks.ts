import { Knex } from 'knex';
import { minimatch } from 'minimatch';
import { posix } from 'path';
import { insertInBatches, readJson, readNumber } from '../database';

const PAGE = 500;

type EntityPipelines = {
  entityRef: string;
  workflows?: string[];
  paths?: string[];
};

type LinkedRun = {
  runId: string;
  createdAt: number;
  branch: string | null;
  pipelineId: string;
  pipelineName: string;
  pipelinePath?: string;
  /** Absent when the system cannot tell. */
  changedPaths?: string[];
};

/**
 * Says which entities a run concerns. In a monorepo an entity has its own workflows, its own paths, or both.
 */
export class EntityLinks {
  /** Whether an entity of the project looks at changed paths, so that they are worth a request. */
  async needsPaths(knex: Knex, projectId: string): Promise<boolean> {
    const row = await knex('entity_projects')
      .where({ project_id: projectId })
      .whereNotNull('paths')
      .first('entity_ref');
    return row !== undefined;
  }

  /** Links a run anew, by its latest attempt. */
  async linkRun(
    knex: Knex.Transaction,
    projectId: string,
    runId: string,
  ): Promise<void> {
    const row = await knex('runs')
      .where({ run_id: runId })
      .orderBy('attempt', 'desc')
      .first();
    if (row) {
      const entities = await this.#entitiesOf(knex, projectId);
      await this.#write(knex, entities, [readLinkedRun(row)]);
    }
  }

  /** Links all runs of a project anew, after the annotations of its entities changed. */
  async linkProject(knex: Knex.Transaction, projectId: string): Promise<void> {
    const entities = await this.#entitiesOf(knex, projectId);
    for (let after = ''; ; ) {
      const rows = await knex('runs')
        .where({ project_id: projectId })
        .where('run_id', '>', after)
        .whereNotExists(query =>
          query
            .from({ later: 'runs' })
            .whereRaw('later.run_id = runs.run_id')
            .whereRaw('later.attempt > runs.attempt')
            .select(knex.raw('1')),
        )
        .orderBy('run_id')
        .limit(PAGE);
      if (rows.length === 0) {
        return;
      }
      await this.#write(knex, entities, rows.map(readLinkedRun));
      after = rows[rows.length - 1].run_id;
    }
  }

  async #entitiesOf(knex: Knex, projectId: string): Promise<EntityPipelines[]> {
    const rows = await knex('entity_projects').where({ project_id: projectId });
    return rows.map(row => ({
      entityRef: row.entity_ref,
      workflows: readJson<string[]>(row.workflows),
      paths: readJson<string[]>(row.paths),
    }));
  }

  async #write(
    knex: Knex.Transaction,
    entities: EntityPipelines[],
    runs: LinkedRun[],
  ) {
    await knex('run_entities')
      .whereIn(
        'run_id',
        runs.map(run => run.runId),
      )
      .delete();
    await insertInBatches({
      knex,
      table: 'run_entities',
      rows: runs.flatMap(run =>
        entities
          .filter(entity => concerns(entity, run))
          .map(entity => ({
            entity_ref: entity.entityRef,
            run_id: run.runId,
            created_at: run.createdAt,
            branch: run.branch,
            pipeline_id: run.pipelineId,
          })),
      ),
      refine: insert => insert.onConflict(['entity_ref', 'run_id']).ignore(),
    });
  }
}

function concerns(entity: EntityPipelines, run: LinkedRun): boolean {
  const { workflows, paths } = entity;
  const file = run.pipelinePath && posix.basename(run.pipelinePath);
  const names = [run.pipelineName, file, run.pipelinePath].filter(
    (name): name is string => Boolean(name),
  );
  const isOwnWorkflow =
    !workflows ||
    names.some(name => workflows.some(pattern => matches(name, pattern)));
  // Nothing speaks against a run whose changes are not known.
  const isOwnPath =
    !paths ||
    !run.changedPaths ||
    run.changedPaths.some(path => paths.some(glob => matches(path, glob)));
  return isOwnWorkflow && isOwnPath;
}

function matches(text: string, pattern: string): boolean {
  return minimatch(text, pattern, {
    dot: true,
    nocomment: true,
    nonegate: true,
    nocase: false,
  });
}

function readLinkedRun(row: any): LinkedRun {
  return {
    runId: row.run_id,
    createdAt: readNumber(row.created_at)!,
    branch: row.branch,
    pipelineId: row.pipeline_id,
    pipelineName: row.pipeline_name,
    pipelinePath: row.pipeline_path ?? undefined,
    changedPaths: readJson<string[]>(row.changed_paths),
  };
}
