import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { EntityRefLink, EntityRefLinks } from '@backstage/plugin-catalog-react';
import { Link, Text } from '@backstage/ui';
import { BlastRadius as Radius } from '@ci-medic/plugin-ci-medic-common';
import { useLocation, useResolvedPath } from 'react-router-dom';
import { ciMedicTranslationRef } from '../../translation';
import { Section } from '../layout';
import { LogText } from '../log';
import { IncidentStateLabel } from '../status';

/**
 * What a cause struck: entities with their owners, and the incidents that are one.
 */
export function BlastRadius(props: { incidentId: string; radius: Radius }) {
  const { incidentId, radius } = props;
  const { t } = useTranslationRef(ciMedicTranslationRef);
  const listPath = useResolvedPath('..').pathname;
  const { search } = useLocation();
  return (
    <Section title={t('diagnosis.radius.title')}>
      <ul aria-label={t('diagnosis.radius.entities')} style={{ margin: 0 }}>
        {radius.entities.map(({ entityRef, owners }) => (
          <li key={entityRef}>
            <Text>
              <EntityRefLink entityRef={entityRef} />{' '}
              {owners.length === 0
                ? t('diagnosis.radius.noOwner')
                : t('diagnosis.radius.owners', {
                    owners: <EntityRefLinks key="owners" entityRefs={owners} />,
                  })}
            </Text>
          </li>
        ))}
      </ul>
      {radius.incidents.length > 0 && (
        <>
          <Text as="h4" weight="bold">
            {t('diagnosis.radius.incidents')}
          </Text>
          <ul
            aria-label={t('diagnosis.radius.incidents')}
            style={{ margin: 0 }}
          >
            {radius.incidents.map(one => (
              <li key={one.incidentId}>
                <IncidentStateLabel state={one.state} />{' '}
                {one.incidentId === incidentId ? (
                  <strong>
                    <LogText text={one.title} />
                  </strong>
                ) : (
                  <Link
                    href={`${listPath}/${encodeURIComponent(
                      one.incidentId,
                    )}${search}`}
                  >
                    <LogText text={one.title} />
                  </Link>
                )}{' '}
                <Text variant="body-small" color="secondary">
                  {one.isLeader
                    ? t('diagnosis.radius.leader')
                    : one.reason && <LogText text={one.reason} />}
                </Text>
              </li>
            ))}
          </ul>
        </>
      )}
      {radius.hidden > 0 && (
        <Text as="p" variant="body-small" color="secondary">
          {t('diagnosis.radius.hidden', { count: radius.hidden })}
        </Text>
      )}
    </Section>
  );
}
