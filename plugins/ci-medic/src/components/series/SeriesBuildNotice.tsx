import { useApi, useTranslationRef } from '@backstage/frontend-plugin-api';
import { useEntityPermission } from '@backstage/plugin-catalog-react/alpha';
import { ciMedicBackfillPermission } from '@ci-medic/plugin-ci-medic-common';
import { Button, Flex, Text } from '@backstage/ui';
import { useCallback, useEffect } from 'react';
import { ciMedicApiRef } from '../../api';
import { ciMedicTranslationRef } from '../../translation';
import { useRefreshable } from '../live';

const LOOK_MS = 3_000;

/**
 * How far series are being built anew; those who may, start it here.
 */
export function SeriesBuildNotice(props: { entityRef: string }) {
  const { entityRef } = props;
  const { t } = useTranslationRef(ciMedicTranslationRef);
  const api = useApi(ciMedicApiRef);
  const { allowed } = useEntityPermission(ciMedicBackfillPermission);
  const { value, refresh } = useRefreshable(
    useCallback(
      signal => api.getSeriesBuild({ entityRef }, { signal }),
      [api, entityRef],
    ),
  );
  const build = value?.build;
  const isActive = build?.state === 'queued' || build?.state === 'running';
  useEffect(() => {
    if (!isActive) {
      return undefined;
    }
    const timer = setInterval(refresh, LOOK_MS);
    return () => clearInterval(timer);
  }, [isActive, refresh]);

  if (!value || (!isActive && build?.state !== 'failed' && !allowed)) {
    return null;
  }
  return (
    <Flex gap="3" align="center" style={{ flexWrap: 'wrap' }} role="status">
      {isActive && (
        <>
          <Text>
            {build.state === 'queued'
              ? t('series.build.queued')
              : t('series.build.running', {
                  done: String(build.done),
                  total: String(build.total),
                })}
          </Text>
          <progress
            aria-label={t('series.build.label')}
            value={build.state === 'queued' ? undefined : build.done}
            max={Math.max(1, build.total)}
          />
        </>
      )}
      {build?.state === 'failed' && (
        <Text>{t('series.build.failed', { reason: build.reason ?? '' })}</Text>
      )}
      {!isActive && allowed && (
        <Button
          size="small"
          variant="tertiary"
          onPress={async () => {
            await api.startSeriesBuild({ entityRef });
            refresh();
          }}
        >
          {t('series.build.start')}
        </Button>
      )}
    </Flex>
  );
}
