import { toError } from '@backstage/errors';
import { useApi, useTranslationRef } from '@backstage/frontend-plugin-api';
import {
  AnomalyPreview,
  AnomalySetting,
  AnomalySettings,
} from '@ci-medic/plugin-ci-medic-common';
import { Button, Card, CardBody, Flex, NumberField, Text } from '@backstage/ui';
import { useId, useState } from 'react';
import { ciMedicApiRef } from '../../api';
import { ciMedicTranslationRef } from '../../translation';
import { OptionSelect } from '../layout';
import { LogText } from '../log';
import { ErrorState } from '../states';
import { RelativeTime } from '../time';
import { SettingPreviewText } from './SettingPreviewText';

const MODES = ['tell', 'quiet', 'off'] as const;
const CERTAINTIES = ['normal', 'high'] as const;

/**
 * What people want to hear of one figure, with what that would have shown in the last 90 days.
 */
export function AnomalySettingForm(props: {
  entityRef: string;
  item: AnomalySettings['items'][number];
  onSaved(): void;
}) {
  const { entityRef, item, onSaved } = props;
  const { t } = useTranslationRef(ciMedicTranslationRef);
  const api = useApi(ciMedicApiRef);
  const title = useId();
  const { metric, mode, leastChange, certainty } = item;
  const [setting, setSetting] = useState<AnomalySetting>({
    ...{ metric, mode, leastChange, certainty },
  });
  const [preview, setPreview] = useState<AnomalyPreview>();
  const [error, setError] = useState<Error>();
  const [pending, setPending] = useState<'preview' | 'save'>();
  const isChanged =
    setting.mode !== mode ||
    setting.leastChange !== leastChange ||
    setting.certainty !== certainty;
  const change = (changed: Partial<AnomalySetting>) => {
    setSetting(before => ({ ...before, ...changed }));
    setPreview(undefined);
  };
  const act = async (kind: 'preview' | 'save') => {
    setPending(kind);
    setError(undefined);
    try {
      if (kind === 'preview') {
        setPreview(await api.previewAnomalySetting({ entityRef, setting }));
      } else {
        await api.saveAnomalySetting({ entityRef, setting });
        onSaved();
      }
    } catch (e) {
      setError(toError(e));
    } finally {
      setPending(undefined);
    }
  };
  return (
    <Card role="group" aria-labelledby={title}>
      <CardBody>
        <Flex direction="column" gap="3">
          <Flex gap="3" align="end" style={{ flexWrap: 'wrap' }}>
            <Text as="h4" id={title} weight="bold" style={{ width: 160 }}>
              {t(`series.metric.${metric}`)}
            </Text>
            <OptionSelect
              label={t('series.settings.mode')}
              options={MODES.map(value => ({
                value,
                label: t(`series.settings.${value}`),
              }))}
              value={setting.mode}
              onChange={value =>
                change({ mode: value as AnomalySetting['mode'] })
              }
            />
            <NumberField
              size="small"
              style={{ width: 170 }}
              label={t('series.settings.leastChange')}
              value={Math.round(setting.leastChange * 100)}
              onChange={value => change({ leastChange: value / 100 })}
              minValue={0}
              maxValue={1_000}
              step={5}
            />
            <OptionSelect
              label={t('series.settings.certainty')}
              options={CERTAINTIES.map(value => ({
                value,
                label: t(`series.settings.${value}`),
              }))}
              value={setting.certainty}
              onChange={value =>
                change({ certainty: value as AnomalySetting['certainty'] })
              }
            />
            <Button
              size="small"
              variant="secondary"
              isPending={pending === 'preview'}
              onPress={() => act('preview')}
            >
              {t('series.settings.preview')}
            </Button>
            <Button
              size="small"
              variant="primary"
              isDisabled={!isChanged}
              isPending={pending === 'save'}
              onPress={() => act('save')}
            >
              {t('series.settings.save')}
            </Button>
          </Flex>
          <Text as="p" variant="body-small" color="secondary">
            {item.isDefault || !item.changedAt
              ? t('series.settings.standard')
              : t('series.settings.changed', {
                  time: <RelativeTime key="time" at={item.changedAt} />,
                  who: <LogText key="who" text={item.changedBy ?? '–'} />,
                })}
          </Text>
          {error && (
            <ErrorState error={error} onRetry={() => setError(undefined)} />
          )}
          <div role="status">
            {preview && <SettingPreviewText preview={preview} />}
          </div>
        </Flex>
      </CardBody>
    </Card>
  );
}
