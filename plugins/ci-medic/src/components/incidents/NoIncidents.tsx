import { Health } from '@ci-medic/plugin-ci-medic-common';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Button } from '@backstage/ui';
import { ciMedicTranslationRef } from '../../translation';
import { EmptyState } from '../states';
import { AbsoluteTime } from '../time';
import { IncidentFilters } from './useIncidentFilters';

/**
 * Says that there is no incident, and on what basis: how many runs were watched, or that the filters hide the rest.
 */
export function NoIncidents(props: {
  filters: IncidentFilters;
  health?: Health;
  onChange(change: Partial<IncidentFilters>): void;
}) {
  const { filters, health, onChange } = props;
  const { t } = useTranslationRef(ciMedicTranslationRef);
  if (filters.branch || filters.pipeline || filters.text) {
    return (
      <EmptyState
        title={t('incidents.empty.filtered')}
        action={
          <Button
            size="small"
            variant="secondary"
            onPress={() => onChange({ branch: '', pipeline: '', text: '' })}
          >
            {t('incidents.empty.clear')}
          </Button>
        }
      />
    );
  }
  return (
    <EmptyState
      title={t(`incidents.empty.${filters.state}`)}
      description={
        health &&
        t('incidents.empty.watched', {
          count: health.current.runs,
          since: <AbsoluteTime key="since" at={health.current.from} />,
        })
      }
    />
  );
}
