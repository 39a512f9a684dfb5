import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { TestExecution } from '@ci-medic/plugin-ci-medic-common';
import { Link } from '@backstage/ui';
import {
  RiCheckboxCircleFill,
  RiCloseCircleFill,
  RiForbidLine,
  RiShuffleLine,
} from '@remixicon/react';
import { ciMedicTranslationRef } from '../../translation';
import { LogText } from '../log';
import { StatusLabel } from '../status';
import { AbsoluteTime, DurationText } from '../time';
import styles from './FigureTable.module.css';
import { useSeriesPaths } from './useSeriesPaths';

/**
 * Executions of a test, newest first. The run leads to its page.
 */
export function ExecutionTable(props: { executions: TestExecution[] }) {
  const { t } = useTranslationRef(ciMedicTranslationRef);
  const paths = useSeriesPaths();
  return (
    <div className={styles.scroller}>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">{t('series.tests.when')}</th>
            <th scope="col">{t('series.tests.outcome')}</th>
            <th scope="col">{t('series.tests.run')}</th>
            <th scope="col">{t('series.tests.commit')}</th>
            <th scope="col">{t('series.tests.runner')}</th>
            <th scope="col">{t('series.tests.duration')}</th>
            <th scope="col">{t('series.tests.message')}</th>
          </tr>
        </thead>
        <tbody>
          {props.executions.map((one, index) => (
            <tr key={index}>
              <th scope="row">
                <AbsoluteTime at={one.at} />
              </th>
              <td>
                <OutcomeOfTest execution={one} />
              </td>
              <td>
                <Link href={`${paths.run(one.runId)}?attempt=${one.attempt}`}>
                  {one.runNumber ?? one.runId.slice(0, 8)}
                </Link>
                {one.attempt > 1 &&
                  `, ${t('series.tests.attempt', {
                    attempt: String(one.attempt),
                  })}`}
              </td>
              <td>
                <code>{one.commitSha.slice(0, 8)}</code>
              </td>
              <td>
                <LogText text={one.runner ?? '–'} />
              </td>
              <td>
                {one.durationMs === undefined ? (
                  '–'
                ) : (
                  <DurationText milliseconds={one.durationMs} />
                )}
              </td>
              <td>
                <LogText text={one.message?.slice(0, 300) ?? ''} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function OutcomeOfTest(props: { execution: TestExecution }) {
  const { outcome, flaky } = props.execution;
  const { t } = useTranslationRef(ciMedicTranslationRef);
  if (outcome === 'passed' && flaky) {
    return (
      <StatusLabel
        icon={RiShuffleLine}
        tone="doubtful"
        text={t('series.tests.cameAndWent')}
      />
    );
  }
  if (outcome === 'passed') {
    return (
      <StatusLabel
        icon={RiCheckboxCircleFill}
        tone="good"
        text={t('series.tests.passed')}
      />
    );
  }
  return (
    <StatusLabel
      icon={outcome === 'skipped' ? RiForbidLine : RiCloseCircleFill}
      tone={outcome === 'skipped' ? 'quiet' : 'bad'}
      text={t(`series.tests.${outcome}`)}
    />
  );
}
