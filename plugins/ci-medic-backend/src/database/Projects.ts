import { NotFoundError } from '@backstage/errors';
import { ProjectRef } from '@ci-medic/plugin-ci-medic-common';
import { Knex } from 'knex';
import { projectIdOf } from './identifiers';

/** A repository that at least one entity belongs or belonged to. */
export type Project = {
  id: string;
  ref: ProjectRef;
};

/** Reads a project row, or a row that was joined with one. */
export function readProject(row: any): Project {
  const { provider, host, slug } = row;
  return { id: row.project_id ?? row.id, ref: { provider, host, slug } };
}

/**
 * @throws NotFoundError when there is no such project.
 */
export async function getProject(knex: Knex, id: string): Promise<Project> {
  const row = await knex('projects').where({ id }).first();
  if (!row) {
    throw new NotFoundError(`There is no project ${id}`);
  }
  return readProject(row);
}

/** The project of a repository, `undefined` when no entity belongs to it. */
export async function findProject(
  knex: Knex,
  ref: ProjectRef,
): Promise<Project | undefined> {
  const row = await knex('projects')
    .where({ id: projectIdOf(ref) })
    .first();
  return row && readProject(row);
}
