import { SeriesSubject } from '@ci-medic/plugin-ci-medic-common';

/**
 * What people call what is measured, such as `CI / build`; where it runs is told apart.
 */
export function nameSubject(subject: SeriesSubject): string {
  const { kind, pipeline, job, name } = subject;
  return kind === 'source'
    ? name ?? ''
    : [pipeline, job, name].filter(Boolean).join(' / ');
}
