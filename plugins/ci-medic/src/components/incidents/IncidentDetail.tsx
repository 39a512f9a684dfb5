import { useApi, useTranslationRef } from '@backstage/frontend-plugin-api';
import { Occurrence } from '@ci-medic/plugin-ci-medic-common';
import { Alert, Button, Flex, Link } from '@backstage/ui';
import { ReactNode, useCallback } from 'react';
import { useLocation, useParams, useResolvedPath } from 'react-router-dom';
import { ciMedicApiRef } from '../../api';
import { ciMedicTranslationRef } from '../../translation';
import { IncidentAlerts } from '../alerts';
import { IncidentCause, IncidentDiagnosis } from '../diagnosis';
import { EmptyState, ErrorState, LoadingState } from '../states';
import { IncidentPlans, RemedyTemplates } from '../plans';
import { IncidentPlaybookLink } from '../playbooks/IncidentPlaybookLink';
import { IncidentEvidence } from './IncidentEvidence';
import { IncidentHeader } from './IncidentHeader';
import { IncidentRemediations } from './IncidentRemediations';
import { IncidentTimeline } from './IncidentTimeline';
import { OccurrenceRemediation } from './OccurrenceRemediation';
import { OccurrenceTable } from './OccurrenceTable';
import { IncidentAnomalies } from '../series';
import { Section } from '../layout';
import { useRefreshable, useUpdates } from '../live';
import { useRemediations } from './useRemediations';

function latestOf(occurrences: Occurrence[]): Occurrence {
  return occurrences.reduce((latest, one) =>
    one.at > latest.at ? one : latest,
  );
}

/**
 * One incident: what it is, the evidence, what happened, and where it struck.
 */
export function IncidentDetail() {
  const { incidentId = '' } = useParams();
  const { t } = useTranslationRef(ciMedicTranslationRef);
  const api = useApi(ciMedicApiRef);
  const { search } = useLocation();
  const listPath = useResolvedPath('..').pathname;
  const { value, error, refresh } = useRefreshable(
    useCallback(
      signal => api.getIncident({ incidentId }, { signal }),
      [api, incidentId],
    ),
  );
  useUpdates({
    channel: 'ci-medic:incidents',
    id: incidentId,
    onUpdate: refresh,
  });
  const remediations = useRemediations(incidentId);
  const { value: treatment, refresh: refreshTreatment } = remediations;
  const refreshAll = useCallback(() => {
    refresh();
    refreshTreatment();
  }, [refresh, refreshTreatment]);
  const isFigure = value?.incident.subject === 'figure';
  const renderRemediation = useCallback(
    (occurrence: Occurrence) =>
      treatment &&
      !isFigure && (
        <OccurrenceRemediation
          incidentId={incidentId}
          occurrence={occurrence}
          remediations={treatment}
          onChange={refreshAll}
        />
      ),
    [incidentId, treatment, isFigure, refreshAll],
  );

  let content: ReactNode;
  if (value) {
    content = (
      <>
        <IncidentHeader detail={value} />
        <IncidentPlaybookLink incidentId={incidentId} />
        <IncidentDiagnosis incidentId={incidentId} />
        {!isFigure && <IncidentEvidence detail={value} />}
        <IncidentCause incidentId={incidentId} />
        <IncidentAnomalies incidentId={incidentId} isAll={isFigure} />
        <IncidentAlerts incidentId={incidentId} onChange={refreshAll} />
        <IncidentPlans incidentId={incidentId} onChange={refreshAll} />
        <IncidentRemediations
          remediations={remediations}
          occurrences={value.occurrences}
          isFigure={isFigure}
          onChange={refreshAll}
        >
          {!isFigure &&
            value.incident.state === 'open' &&
            value.occurrences.length > 0 && (
              <RemedyTemplates
                incidentId={incidentId}
                occurrence={latestOf(value.occurrences)}
              />
            )}
        </IncidentRemediations>
        <Section title={t('incidents.detail.timeline')}>
          <IncidentTimeline
            events={value.timeline}
            occurrences={value.occurrences}
          />
        </Section>
        <Section title={t('incidents.detail.occurrencesTitle')}>
          <OccurrenceTable
            occurrences={value.occurrences}
            total={value.incident.occurrences}
            renderRemediation={renderRemediation}
          />
        </Section>
      </>
    );
  } else if (error?.name === 'NotFoundError') {
    content = (
      <EmptyState
        title={t('incidents.detail.notFound')}
        description={t('incidents.detail.notFoundReason')}
      />
    );
  } else if (error) {
    content = <ErrorState error={error} onRetry={refresh} />;
  } else {
    content = <LoadingState />;
  }
  return (
    <Flex direction="column" gap="5" style={{ minWidth: 0 }}>
      <Link href={`${listPath}${search}`} standalone>
        ← {t('incidents.detail.back')}
      </Link>
      {value && error && (
        <Alert
          status="warning"
          icon
          title={t('incidents.stale', { message: error.message })}
          customActions={
            <Button size="small" variant="secondary" onPress={refresh}>
              {t('incidents.retry')}
            </Button>
          }
        />
      )}
      {content}
    </Flex>
  );
}
