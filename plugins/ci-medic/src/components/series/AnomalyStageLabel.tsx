import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Anomaly } from '@ci-medic/plugin-ci-medic-common';
import {
  RiAlertFill,
  RiArrowDownCircleFill,
  RiCheckboxCircleFill,
  RiEyeLine,
  RiFlashlightFill,
} from '@remixicon/react';
import { ciMedicTranslationRef } from '../../translation';
import { StatusLabel } from '../status';

/**
 * How sure an anomaly is, and whether it is over.
 */
export function AnomalyStageLabel(props: { anomaly: Anomaly }) {
  const { kind, stage, direction, endedAt, metric } = props.anomaly;
  const { t } = useTranslationRef(ciMedicTranslationRef);
  if (kind === 'spike' || kind === 'novel') {
    return (
      <StatusLabel
        icon={RiFlashlightFill}
        tone="doubtful"
        text={t('series.anomaly.spike')}
      />
    );
  }
  if (stage === 'went_away' || endedAt) {
    return (
      <StatusLabel
        icon={RiCheckboxCircleFill}
        tone="quiet"
        text={t(`series.anomaly.${endedAt ? 'ended' : 'went_away'}`)}
      />
    );
  }
  if (stage === 'note') {
    return (
      <StatusLabel
        icon={RiEyeLine}
        tone="doubtful"
        text={t('series.anomaly.note')}
      />
    );
  }
  const isBetter = direction === 'down' && metric !== 'value';
  return (
    <StatusLabel
      icon={isBetter ? RiArrowDownCircleFill : RiAlertFill}
      tone={isBetter ? 'good' : 'bad'}
      text={t('series.anomaly.alert')}
    />
  );
}
