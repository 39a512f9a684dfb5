import { useApi, useTranslationRef } from '@backstage/frontend-plugin-api';
import { Occurrence } from '@ci-medic/plugin-ci-medic-common';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import { Flex, Link, Text } from '@backstage/ui';
import { useCallback } from 'react';
import { ciMedicTranslationRef } from '../../translation';
import { useRefreshable } from '../live';

const FILTER = { kind: 'Template', 'spec.type': 'remediation' };
const FIELDS = ['kind', 'metadata.namespace', 'metadata.name'];
const TITLE = 'metadata.title';
/** Follows what is done without a person, so there is nothing to ask for. */
const FOLLOWING = 'ci-medic-follow';

/**
 * Leads to the software templates of remedies, filled in for a failed run of an incident; nothing where the catalog has
 * none.
 */
export function RemedyTemplates(props: {
  incidentId: string;
  occurrence: Occurrence;
}) {
  const { incidentId, occurrence } = props;
  const { runId, attempt } = occurrence;
  const { t } = useTranslationRef(ciMedicTranslationRef);
  const catalog = useApi(catalogApiRef);
  const { value } = useRefreshable(
    useCallback(
      () =>
        catalog.getEntities({
          ...{ filter: FILTER, fields: [...FIELDS, TITLE] },
          order: { field: TITLE, order: 'asc' },
        }),
      [catalog],
    ),
  );
  const templates = (value?.items ?? []).filter(
    ({ metadata }) => metadata.name !== FOLLOWING,
  );
  if (templates.length === 0) {
    return null;
  }
  const values = encodeURIComponent(
    JSON.stringify({ incidentId, runId, attempt }),
  );
  return (
    <Flex direction="column" gap="1">
      <Text as="p" variant="body-small" color="secondary">
        {t('plans.templates')}
      </Text>
      <ul
        aria-label={t('plans.templates')}
        style={{ margin: 0, padding: 0, listStyle: 'none' }}
      >
        <Flex gap="4" style={{ flexWrap: 'wrap' }}>
          {templates.map(({ metadata: { namespace, name, title } }) => (
            <li key={`${namespace}/${name}`}>
              <Link
                href={`/create/templates/${
                  namespace ?? 'default'
                }/${name}?formData=${values}`}
              >
                {title ?? name}
              </Link>
            </li>
          ))}
        </Flex>
      </ul>
    </Flex>
  );
}
