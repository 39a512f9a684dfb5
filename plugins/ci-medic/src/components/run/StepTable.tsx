import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Job } from '@ci-medic/plugin-ci-medic-common';
import { ciMedicTranslationRef } from '../../translation';
import { LogText } from '../log';
import { ExecutionLabel } from '../status';
import { DurationText } from '../time';
import styles from './StepTable.module.css';

/**
 * The steps of a job with how they ended and how long they took.
 */
export function StepTable(props: { job: Job }) {
  const { name, steps } = props.job;
  const { t } = useTranslationRef(ciMedicTranslationRef);
  return (
    <div className={styles.scroller}>
      <table
        className={styles.table}
        aria-label={t('run.steps', { job: name })}
      >
        <thead>
          <tr>
            <th scope="col">{t('run.status')}</th>
            <th scope="col">{t('run.step')}</th>
            <th scope="col">{t('run.duration')}</th>
          </tr>
        </thead>
        <tbody>
          {steps.map(step => (
            <tr key={step.number}>
              <td>
                <ExecutionLabel
                  status={step.status}
                  conclusion={step.conclusion}
                />
              </td>
              <th scope="row" className={styles.name}>
                <LogText text={step.name} />
              </th>
              <td>
                {step.durationMs === undefined ? (
                  '–'
                ) : (
                  <DurationText milliseconds={step.durationMs} />
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
