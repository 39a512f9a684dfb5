import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Flex } from '@backstage/ui';
import { ciMedicTranslationRef } from '../../translation';
import { NameSelect, OptionSelect } from '../layout';
import {
  HealthFilterChange,
  HealthFilters,
  WINDOW_DAYS,
} from './useHealthFilters';

/**
 * The filters above the figures; they hold for the runs too.
 */
export function HealthFilterBar(props: {
  filters: HealthFilters;
  branches: string[];
  pipelines: string[];
  onChange(change: HealthFilterChange): void;
}) {
  const { filters, onChange } = props;
  const { t } = useTranslationRef(ciMedicTranslationRef);
  return (
    <Flex gap="3" align="end" style={{ flexWrap: 'wrap' }} role="search">
      <NameSelect
        label={t('health.filter.branch')}
        any={t('health.filter.anyBranch')}
        names={props.branches}
        value={filters.branch}
        onChange={branch => onChange({ branch })}
      />
      <NameSelect
        label={t('health.filter.pipeline')}
        any={t('health.filter.anyPipeline')}
        names={props.pipelines}
        value={filters.pipeline}
        onChange={pipeline => onChange({ pipeline })}
      />
      <OptionSelect
        label={t('health.filter.days')}
        options={WINDOW_DAYS.map(days => ({
          value: String(days),
          label: t('health.filter.lastDays', { days: String(days) }),
        }))}
        value={String(filters.days)}
        onChange={value => onChange({ days: Number(value) })}
      />
    </Flex>
  );
}
