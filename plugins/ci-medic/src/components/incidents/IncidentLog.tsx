import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Flex, Link } from '@backstage/ui';
import { useLocation, useParams, useResolvedPath } from 'react-router-dom';
import { ciMedicTranslationRef } from '../../translation';
import { LogViewer } from '../log';
import { Section } from '../layout';

/**
 * The whole log behind an incident's evidence, at an address of its own.
 */
export function IncidentLog() {
  const { incidentId = '', jobId = '' } = useParams();
  const { t } = useTranslationRef(ciMedicTranslationRef);
  const { search } = useLocation();
  const listPath = useResolvedPath('..').pathname.replace(/\/$/, '');
  return (
    <Flex direction="column" gap="4" style={{ minWidth: 0 }}>
      <Link
        href={`${listPath}/${encodeURIComponent(incidentId)}${search}`}
        standalone
      >
        ← {t('incidents.detail.backToIncident')}
      </Link>
      <Section title={t('incidents.detail.log')}>
        <LogViewer jobId={jobId} />
      </Section>
    </Flex>
  );
}
