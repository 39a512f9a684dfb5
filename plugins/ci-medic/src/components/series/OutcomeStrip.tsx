import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { TestExecution } from '@ci-medic/plugin-ci-medic-common';
import { ciMedicTranslationRef } from '../../translation';
import styles from './OutcomeStrip.module.css';

const MOST_MARKS = 150;

/**
 * How a test ended, one mark an execution, oldest first. The table below says the same.
 */
export function OutcomeStrip(props: { executions: TestExecution[] }) {
  const { t } = useTranslationRef(ciMedicTranslationRef);
  const shown = props.executions.slice(0, MOST_MARKS).reverse();
  const isFailed = ({ outcome }: TestExecution) =>
    outcome === 'failed' || outcome === 'error';
  const label = t('series.tests.strip', {
    total: String(shown.length),
    passed: String(shown.filter(({ outcome }) => outcome === 'passed').length),
    failed: String(shown.filter(isFailed).length),
  });
  const kindOf = (execution: TestExecution) => {
    if (isFailed(execution)) {
      return 'failed';
    }
    return execution.flaky ? 'flaky' : execution.outcome;
  };
  return (
    <div role="img" aria-label={label} className={styles.strip}>
      {shown.map((execution, index) => (
        <span
          key={index}
          className={styles.mark}
          data-outcome={kindOf(execution)}
        />
      ))}
    </div>
  );
}
