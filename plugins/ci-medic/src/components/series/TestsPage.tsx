import { stringifyEntityRef } from '@backstage/catalog-model';
import { useApi, useTranslationRef } from '@backstage/frontend-plugin-api';
import { useEntity } from '@backstage/plugin-catalog-react';
import {
  TestVerdict,
  testVerdictSchema,
} from '@ci-medic/plugin-ci-medic-common';
import { Flex, Link, Text } from '@backstage/ui';
import { useCallback } from 'react';
import { useSearchParams } from 'react-router-dom';
import { ciMedicApiRef } from '../../api';
import { ciMedicTranslationRef } from '../../translation';
import { OptionSelect, PageButtons, Section } from '../layout';
import { usePages, useUpdates } from '../live';
import { EmptyState, ErrorState, LoadingState, StaleNotice } from '../states';
import { TestTable } from './TestTable';
import { useSeriesPaths } from './useSeriesPaths';

/** Key of the option that does not narrow. */
const ANY = '';

/**
 * Tests of an entity that cannot be relied on.
 */
export function TestsPage() {
  const { entity } = useEntity();
  const entityRef = stringifyEntityRef(entity);
  const { t } = useTranslationRef(ciMedicTranslationRef);
  const api = useApi(ciMedicApiRef);
  const paths = useSeriesPaths();
  const [search, setSearch] = useSearchParams();
  const asked = testVerdictSchema.safeParse(search.get('verdict'));
  const verdict: TestVerdict | undefined = asked.success
    ? asked.data
    : undefined;
  const pages = usePages(
    useCallback(
      (cursor, signal) =>
        api.listTestReliability({ entityRef, verdict, cursor }, { signal }),
      [api, entityRef, verdict],
    ),
  );
  useUpdates({ channel: 'ci-medic:runs', onUpdate: pages.refresh });
  const { value, error, refresh } = pages;
  return (
    <Flex direction="column" gap="4" style={{ minWidth: 0 }}>
      <Link href={paths.overview} standalone>
        ← {t('series.links.back')}
      </Link>
      <Section
        title={t('series.tests.title')}
        actions={
          <OptionSelect
            hidesLabel
            label={t('series.tests.verdict')}
            options={[
              { value: ANY, label: t('series.tests.any') },
              ...testVerdictSchema.options.map(option => ({
                value: option,
                label: t(`series.tests.${option}`),
              })),
            ]}
            value={verdict ?? ANY}
            onChange={chosen =>
              setSearch(chosen ? { verdict: chosen } : {}, { replace: true })
            }
          />
        }
      >
        <Text as="p" color="secondary">
          {t('series.tests.reason')}
        </Text>
        {value && error && <StaleNotice error={error} onRetry={refresh} />}
        {!value && error && <ErrorState error={error} onRetry={refresh} />}
        {!value && !error && <LoadingState />}
        {value?.items.length === 0 && (
          <EmptyState
            title={t(
              verdict ? 'series.tests.noneOfVerdict' : 'series.tests.none',
            )}
            description={verdict ? undefined : t('series.tests.noneReason')}
          />
        )}
        {value && value.items.length > 0 && <TestTable tests={value.items} />}
        <PageButtons pages={pages} />
      </Section>
    </Flex>
  );
}
