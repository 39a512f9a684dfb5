import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { RunSummary } from '@ci-medic/plugin-ci-medic-common';
import { Button } from '@backstage/ui';
import { ciMedicTranslationRef } from '../../translation';
import { OptionSelect, PageButtons, Section } from '../layout';
import { Pages } from '../live';
import { EmptyState, ErrorState, LoadingState, StaleNotice } from '../states';
import { RunTable } from './RunTable';
import {
  HealthFilterChange,
  HealthFilters,
  OUTCOMES,
} from './useHealthFilters';

/** Key of the option that does not narrow. */
const ANY = '';

/**
 * The runs, a page at a time, or why there are none.
 */
export function RunSection(props: {
  pages: Pages<RunSummary>;
  filters: HealthFilters;
  /** History is being read: runs may still come. */
  isReading: boolean;
  onChange(change: HealthFilterChange): void;
}) {
  const { pages, filters, isReading, onChange } = props;
  const { value, error, refresh } = pages;
  const { t } = useTranslationRef(ciMedicTranslationRef);
  const isFiltered = filters.branch || filters.pipeline || filters.outcome;
  return (
    <Section
      title={t('health.runs')}
      actions={
        <OptionSelect
          hidesLabel
          label={t('health.filter.outcome')}
          options={[
            { value: ANY, label: t('health.filter.anyOutcome') },
            ...OUTCOMES.map(outcome => ({
              value: outcome,
              label: t(`health.filter.${outcome}`),
            })),
          ]}
          value={filters.outcome ?? ANY}
          onChange={outcome => onChange({ outcome })}
        />
      }
    >
      {value && error && <StaleNotice error={error} onRetry={refresh} />}
      {!value && error && <ErrorState error={error} onRetry={refresh} />}
      {!value && !error && <LoadingState />}
      {value?.items.length === 0 &&
        (isFiltered ? (
          <EmptyState
            title={t('health.empty.filtered')}
            action={
              <Button
                size="small"
                variant="secondary"
                onPress={() =>
                  onChange({ branch: '', pipeline: '', outcome: '' })
                }
              >
                {t('health.empty.clear')}
              </Button>
            }
          />
        ) : (
          <EmptyState
            title={t(isReading ? 'health.empty.reading' : 'health.empty.title')}
            description={t('health.empty.reason')}
          />
        ))}
      {value && value.items.length > 0 && <RunTable runs={value.items} />}
      <PageButtons pages={pages} />
    </Section>
  );
}
