import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { TestReliability } from '@ci-medic/plugin-ci-medic-common';
import { Link, Text } from '@backstage/ui';
import { ciMedicTranslationRef } from '../../translation';
import { LogText } from '../log';
import { RelativeTime } from '../time';
import styles from './FigureTable.module.css';
import { FlipRate } from './FlipRate';
import { TestVerdictLabel } from './TestVerdictLabel';
import { useSeriesPaths } from './useSeriesPaths';

/**
 * One page of tests. The name leads to the test's own history.
 */
export function TestTable(props: { tests: TestReliability[] }) {
  const { t } = useTranslationRef(ciMedicTranslationRef);
  const paths = useSeriesPaths();
  return (
    <div className={styles.scroller}>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">{t('series.tests.verdict')}</th>
            <th scope="col">{t('series.tests.test')}</th>
            <th scope="col">{t('series.tests.rate')}</th>
            <th scope="col">{t('series.tests.lastFlip')}</th>
            <th scope="col">{t('series.tests.together')}</th>
            <th scope="col">{t('series.tests.cost')}</th>
          </tr>
        </thead>
        <tbody>
          {props.tests.map(test => (
            <tr key={test.id}>
              <td>
                <TestVerdictLabel verdict={test.verdict} />
              </td>
              <th scope="row">
                <Link href={paths.test(test.id)}>
                  <LogText text={test.name} />
                </Link>
                <Text as="p" variant="body-x-small" color="secondary">
                  <LogText
                    text={[
                      test.pipeline,
                      test.job,
                      test.className ?? test.suite,
                    ]
                      .filter(Boolean)
                      .join(' / ')}
                  />
                </Text>
              </th>
              <td>
                <FlipRate flips={test.flips} />
              </td>
              <td>
                {test.lastFlips.length > 0 ? (
                  <RelativeTime at={test.lastFlips[0].at} />
                ) : (
                  t('series.tests.never')
                )}
              </td>
              <td>
                <LogText
                  text={
                    test.correlations.join('; ') || t('series.tests.nothing')
                  }
                />
              </td>
              <td>
                {test.costMinutes > 0
                  ? t('series.tests.costMinutes', {
                      minutes: test.costMinutes.toFixed(1),
                    })
                  : t('series.tests.nothing')}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
