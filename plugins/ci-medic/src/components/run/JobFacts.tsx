import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Job } from '@ci-medic/plugin-ci-medic-common';
import { Link } from '@backstage/ui';
import { entityIncidentsRouteRef } from '../../routes';
import { ciMedicTranslationRef } from '../../translation';
import { Facts } from '../layout';
import { useTabPath } from '../links';
import { LogText } from '../log';
import { AbsoluteTime, DurationText } from '../time';

/**
 * When and where a job ran, and the incident that it belongs to.
 */
export function JobFacts(props: { job: Job }) {
  const { startedAt, queueMs, runner, incidentId } = props.job;
  const { t } = useTranslationRef(ciMedicTranslationRef);
  const incidentsPath = useTabPath(entityIncidentsRouteRef);
  const { name, group, labels } = runner;
  return (
    <Facts
      facts={[
        {
          name: t('run.started'),
          value: startedAt && <AbsoluteTime at={startedAt} />,
        },
        {
          name: t('run.queue'),
          value: queueMs !== undefined && (
            <DurationText milliseconds={queueMs} />
          ),
        },
        {
          name: t('run.runner'),
          value: name && (
            <LogText
              text={
                group && group !== name
                  ? t('run.runnerGroup', { name, group })
                  : name
              }
            />
          ),
        },
        {
          name: t('run.labels'),
          value: labels.length > 0 && <LogText text={labels.join(', ')} />,
        },
        {
          name: t('incidents.title'),
          value: incidentId && incidentsPath && (
            <Link href={`${incidentsPath}/${encodeURIComponent(incidentId)}`}>
              {t('run.incident')}
            </Link>
          ),
        },
      ]}
    />
  );
}
