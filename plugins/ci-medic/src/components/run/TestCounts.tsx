import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Job } from '@ci-medic/plugin-ci-medic-common';
import { Text } from '@backstage/ui';
import { ciMedicTranslationRef } from '../../translation';

const OUTCOMES = ['failed', 'flaky', 'passed', 'skipped'] as const;

/**
 * How many test cases did what; nothing where there are none.
 */
export function TestCounts(props: {
  tests: Job['tests'];
  /** Leaves out what is counted, where a heading says it. */
  countsOnly?: boolean;
}) {
  const { tests } = props;
  const { t } = useTranslationRef(ciMedicTranslationRef);
  const counts = OUTCOMES.filter(outcome => tests[outcome] > 0).map(outcome =>
    t(`run.tests.${outcome}`, { count: tests[outcome] }),
  );
  return counts.length > 0 ? (
    <Text variant="body-small" color="secondary">
      {!props.countsOnly && `${t('run.tests.title')}: `}
      {counts.join(', ')}
    </Text>
  ) : null;
}
