import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { AnomalyPreview } from '@ci-medic/plugin-ci-medic-common';
import { Flex, Text } from '@backstage/ui';
import { ciMedicTranslationRef } from '../../translation';
import { AnomalyList } from './AnomalyList';

const SHOWN = 5;

/**
 * What a setting would have shown, against what holds now, and the newest examples.
 */
export function SettingPreviewText(props: { preview: AnomalyPreview }) {
  const { days, shown, told, now, series, points, items } = props.preview;
  const { t } = useTranslationRef(ciMedicTranslationRef);
  return (
    <Flex direction="column" gap="3">
      <Text as="p">
        {t('series.settings.shown', { count: shown, days: String(days) })}{' '}
        {t('series.settings.told', {
          told: String(told),
          nowShown: String(now.shown),
          nowTold: String(now.told),
          series: String(series),
          points: String(points),
        })}
      </Text>
      <AnomalyList anomalies={items.slice(0, SHOWN)} hasSeriesLink />
    </Flex>
  );
}
