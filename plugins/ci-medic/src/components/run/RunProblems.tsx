import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { RunDetail } from '@ci-medic/plugin-ci-medic-common';
import { Alert } from '@backstage/ui';
import { ciMedicTranslationRef } from '../../translation';
import { LogText } from '../log';
import styles from './RunProblems.module.css';

/**
 * What of a run was refused or not understood, each with the reason.
 */
export function RunProblems(props: { problems: RunDetail['problems'] }) {
  const { problems } = props;
  const { t } = useTranslationRef(ciMedicTranslationRef);
  if (problems.length === 0) {
    return null;
  }
  return (
    <Alert
      status="warning"
      icon
      title={t('run.problems', { count: problems.length })}
      description={
        <ul className={styles.list}>
          {problems.map(({ subject, reason }, index) => (
            <li key={index}>
              {t('run.problem', {
                subject: <LogText key="subject" text={subject} />,
                reason: <LogText key="reason" text={reason} />,
              })}
            </li>
          ))}
        </ul>
      }
    />
  );
}
