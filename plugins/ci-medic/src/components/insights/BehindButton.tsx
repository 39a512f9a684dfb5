import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { FailureCategory } from '@ci-medic/plugin-ci-medic-common';
import { Button } from '@backstage/ui';
import { ReactNode } from 'react';
import { ciMedicTranslationRef } from '../../translation';
import { useInsightFilters } from './useInsightFilters';

/** Where the incidents behind a figure are listed on the page. */
export const anchors = {
  causes: 'ci-insights-causes',
  red: 'ci-insights-red-periods',
};

/** What is behind a figure: causes, of one category or of all, or the times in which something was red. */
export type Behind =
  | { list: 'causes'; category?: FailureCategory }
  | { list: 'red' };

/**
 * Leads from a figure to the incidents behind it.
 */
export function BehindButton(props: {
  figure: string;
  behind: Behind;
  children?: ReactNode;
}) {
  const { figure, behind } = props;
  const { t } = useTranslationRef(ciMedicTranslationRef);
  const [, setFilters] = useInsightFilters();
  const show = () => {
    if (behind.list === 'causes') {
      setFilters({ category: behind.category ?? '' });
    }
    const list = document.getElementById(anchors[behind.list]);
    list?.scrollIntoView?.({ block: 'start' });
    list?.focus({ preventScroll: true });
  };
  return (
    <Button
      size="small"
      variant="tertiary"
      aria-label={t('insights.behindOf', { figure })}
      onPress={show}
      style={{ alignSelf: 'start' }}
    >
      {props.children ?? t('insights.behind')}
    </Button>
  );
}
