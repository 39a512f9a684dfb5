import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { IncidentState } from '@ci-medic/plugin-ci-medic-common';
import { RiAlertFill, RiCheckboxCircleFill } from '@remixicon/react';
import { ciMedicTranslationRef } from '../../translation';
import { StatusLabel } from './StatusLabel';

/**
 * Whether an incident is open.
 */
export function IncidentStateLabel(props: { state: IncidentState }) {
  const { state } = props;
  const { t } = useTranslationRef(ciMedicTranslationRef);
  return (
    <StatusLabel
      icon={state === 'open' ? RiAlertFill : RiCheckboxCircleFill}
      tone={state === 'open' ? 'bad' : 'good'}
      text={t(`status.incident.${state}`)}
    />
  );
}
