import { useApi, useTranslationRef } from '@backstage/frontend-plugin-api';
import {
  RemediationDecision,
  RemediationOverview,
} from '@ci-medic/plugin-ci-medic-common';
import { Flex } from '@backstage/ui';
import { useCallback, useState } from 'react';
import { ciMedicApiRef } from '../../api';
import { ciMedicTranslationRef } from '../../translation';
import { OptionSelect, PageButtons, Section } from '../layout';
import { usePages, useUpdates } from '../live';
import { ErrorState, LoadingState } from '../states';
import { DecisionExport } from './DecisionExport';
import { DecisionTable } from './DecisionTable';

type Result = RemediationDecision['result'];

const RESULTS: Result[] = [
  'allowed',
  'waits',
  'shadowed',
  'refused',
  'changed',
];

/**
 * Decisions, also each no, with filters and a way to take them along.
 */
export function DecisionSection(props: { overview: RemediationOverview }) {
  const { t } = useTranslationRef(ciMedicTranslationRef);
  const api = useApi(ciMedicApiRef);
  const [result, setResult] = useState('');
  const [action, setAction] = useState('');
  const query = {
    result: (result || undefined) as Result | undefined,
    action: action || undefined,
  };
  const pages = usePages(
    useCallback(
      (cursor: string | undefined, signal: AbortSignal) =>
        api.listDecisions(
          {
            result: (result || undefined) as Result | undefined,
            action: action || undefined,
            cursor,
          },
          { signal },
        ),
      [api, result, action],
    ),
  );
  const { value, error, refresh } = pages;
  useUpdates({ channel: 'ci-medic:incidents', onUpdate: refresh });
  const any = { value: '', label: t('control.decisions.any') };
  return (
    <Section
      title={t('control.decisions.title')}
      actions={<DecisionExport query={query} />}
    >
      <Flex gap="3" align="end" role="search">
        <OptionSelect
          label={t('control.decisions.result')}
          options={[
            any,
            ...RESULTS.map(each => ({
              value: each,
              label: t(`control.decisions.results.${each}`),
            })),
          ]}
          value={result}
          onChange={setResult}
        />
        <OptionSelect
          label={t('control.decisions.action')}
          options={[
            any,
            ...props.overview.actions.map(one => ({
              value: one.action,
              label: one.title,
            })),
          ]}
          value={action}
          onChange={setAction}
        />
      </Flex>
      {!value && error && <ErrorState error={error} onRetry={refresh} />}
      {!value && !error && <LoadingState />}
      {value && <DecisionTable decisions={value.items} />}
      <PageButtons pages={pages} />
    </Section>
  );
}
