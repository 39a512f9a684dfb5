import { PointedSubject, readText } from '../database';

/** A subject whose series are judged. */
export type JudgedSubject = {
  id: string;
  projectId: string;
  kind: 'pipeline' | 'job' | 'template' | 'test' | 'source';
  pipelineId: string;
  pipelineName?: string;
  jobName?: string;
  name?: string;
  branchClass?: 'main' | 'other';
  runnerClass?: string;
  entityRef?: string;
  unit?: string;
};

/** Reads a row of `series_subjects`. */
export function readSubject(row: any): JudgedSubject {
  return {
    id: row.id,
    projectId: row.project_id,
    kind: row.kind,
    pipelineId: row.pipeline_id,
    pipelineName: readText(row.pipeline_name),
    jobName: readText(row.job_name),
    name: readText(row.name),
    branchClass: (row.branch_class ?? undefined) as 'main' | 'other',
    runnerClass: readText(row.runner_class),
    entityRef: readText(row.entity_ref),
    unit: readText(row.unit),
  };
}

/** As far as it says of what its points are. */
export function rowOf(subject: JudgedSubject): PointedSubject {
  return {
    id: subject.id,
    kind: subject.kind,
    project_id: subject.projectId,
    pipeline_id: subject.pipelineId,
    job_name: subject.jobName ?? null,
    branch_class: subject.branchClass ?? null,
    runner_class: subject.runnerClass ?? null,
  };
}

/** What people call it: `CI / build on main`. */
export function nameOf(subject: JudgedSubject): string {
  if (subject.kind === 'source') {
    return subject.name ?? 'Figure';
  }
  const { pipelineName = '', jobName, name } = subject;
  const what = [pipelineName, jobName, name].filter(Boolean).join(' / ');
  const where = subject.branchClass === 'main' ? 'main' : 'other branches';
  return `${what} on ${where}`;
}
