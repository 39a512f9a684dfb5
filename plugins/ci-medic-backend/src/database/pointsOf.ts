import { Knex } from 'knex';
import { stableId } from './identifiers';

/** A row of `series_subjects`, as far as it says of what its points are. */
export type PointedSubject = {
  id: string;
  kind: string;
  project_id: string | null;
  pipeline_id: string | null;
  job_name: string | null;
  branch_class: string | null;
  runner_class: string | null;
};

/** What identifies the subject of a series. */
export function subjectIdOf(subject: {
  projectId: string;
  kind: string;
  pipelineId: string;
  jobName?: string | null;
  name?: string | null;
  branchClass: string;
  runnerClass?: string | null;
}): string {
  const { projectId, kind, pipelineId, branchClass } = subject;
  return stableId(
    projectId,
    'series',
    kind,
    pipelineId,
    subject.jobName ?? '',
    subject.name ?? '',
    branchClass,
    subject.runnerClass ?? '',
  );
}

/** What a test is called among the series of its job; all that fits where names are kept. */
export function nameOfTest(test: {
  suite: string | null;
  class_name: string | null;
  name: string;
}): string {
  const { suite, class_name, name } = test;
  const place = class_name ?? suite ?? '';
  // Some reports write the whole name into both.
  const parts = place.endsWith(name) ? [place] : [place, name];
  return parts.filter(Boolean).join(' › ').slice(0, 400);
}

/**
 * The points of a subject. A log template has one for each run of its job of which a log of a passing attempt was read: 0
 * where the template was not in it.
 */
export function pointsOf(
  knex: Knex,
  subject: PointedSubject,
): Knex.QueryBuilder {
  if (subject.kind !== 'template') {
    return knex('series_points').where({ subject_id: subject.id });
  }
  const job = subjectIdOf({
    projectId: subject.project_id!,
    kind: 'job',
    pipelineId: subject.pipeline_id!,
    jobName: subject.job_name,
    branchClass: subject.branch_class!,
    runnerClass: subject.runner_class,
  });
  return knex.from(
    knex('series_points as job_point')
      .leftJoin('series_points as template_point', join =>
        join
          .on('template_point.run_id', 'job_point.run_id')
          .andOn('template_point.subject_id', knex.raw('?', [subject.id])),
      )
      .where('job_point.subject_id', job)
      .whereNotNull('job_point.log_size')
      .select(
        'job_point.at',
        'job_point.run_id',
        'job_point.project_id',
        'job_point.number',
        'job_point.commit_sha',
        'job_point.job_id',
        knex.raw('coalesce(template_point.value, 0) as value'),
      )
      .as('series_points'),
  );
}
