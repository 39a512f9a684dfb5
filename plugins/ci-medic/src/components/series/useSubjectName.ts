import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { SeriesSubject } from '@ci-medic/plugin-ci-medic-common';
import { ciMedicTranslationRef } from '../../translation';
import { nameSubject } from './nameSubject';

/**
 * Names what is measured, with where it runs: `CI / build, main branches, ubuntu-24.04`.
 */
export function useSubjectName(): (subject: SeriesSubject) => string {
  const { t } = useTranslationRef(ciMedicTranslationRef);
  return subject =>
    [
      nameSubject(subject),
      subject.branchClass && t(`series.branchClass.${subject.branchClass}`),
      subject.runnerClass,
    ]
      .filter(Boolean)
      .join(', ');
}
