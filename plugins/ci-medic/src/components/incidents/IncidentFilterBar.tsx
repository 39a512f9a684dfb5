import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Flex, SearchField } from '@backstage/ui';
import { useEffect, useState } from 'react';
import { ciMedicTranslationRef } from '../../translation';
import { NameSelect, OptionSelect } from '../layout';
import { IncidentFilters } from './useIncidentFilters';

/** How long after the last key the text is sought. */
const TYPING_MILLISECONDS = 300;

/**
 * The filters above the list of incidents.
 */
export function IncidentFilterBar(props: {
  filters: IncidentFilters;
  /** Branches and pipelines that are known; one that is filtered by is offered in any case. */
  branches: string[];
  pipelines: string[];
  onChange(change: Partial<IncidentFilters>): void;
}) {
  const { filters, onChange } = props;
  const { t } = useTranslationRef(ciMedicTranslationRef);
  const [text, setText] = useState(filters.text ?? '');

  useEffect(() => setText(filters.text ?? ''), [filters.text]);
  useEffect(() => {
    if (text.trim() === (filters.text ?? '')) {
      return undefined;
    }
    const timer = setTimeout(
      () => onChange({ text: text.trim() }),
      TYPING_MILLISECONDS,
    );
    return () => clearTimeout(timer);
  }, [text, filters.text, onChange]);

  return (
    <Flex gap="3" align="end" style={{ flexWrap: 'wrap' }} role="search">
      <OptionSelect
        label={t('incidents.filter.state')}
        options={(['open', 'resolved', 'all'] as const).map(value => ({
          value,
          label: t(`incidents.filter.${value}`),
        }))}
        value={filters.state}
        onChange={state =>
          onChange({ state: state as IncidentFilters['state'] })
        }
      />
      <NameSelect
        label={t('incidents.filter.branch')}
        any={t('incidents.filter.anyBranch')}
        names={props.branches}
        value={filters.branch}
        onChange={branch => onChange({ branch })}
      />
      <NameSelect
        label={t('incidents.filter.pipeline')}
        any={t('incidents.filter.anyPipeline')}
        names={props.pipelines}
        value={filters.pipeline}
        onChange={pipeline => onChange({ pipeline })}
      />
      <SearchField
        size="small"
        style={{ flex: '0 1 18rem' }}
        label={t('incidents.filter.text')}
        value={text}
        onChange={setText}
        onSubmit={() => onChange({ text: text.trim() })}
      />
    </Flex>
  );
}
