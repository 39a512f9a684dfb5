import { toError } from '@backstage/errors';
import { useApi, useTranslationRef } from '@backstage/frontend-plugin-api';
import { useEntityPermission } from '@backstage/plugin-catalog-react/alpha';
import {
  Backfill,
  ciMedicBackfillPermission,
} from '@ci-medic/plugin-ci-medic-common';
import { Button, Text } from '@backstage/ui';
import { useState } from 'react';
import { ciMedicApiRef } from '../../api';
import { ciMedicTranslationRef } from '../../translation';
import { Section } from '../layout';
import { ErrorState } from '../states';
import { BackfillProgress } from './BackfillProgress';
import { StartBackfill } from './StartBackfill';

/**
 * How far the history of the entity's repository is read; those who may, start and stop it here.
 */
export function BackfillPanel(props: {
  entityRef: string;
  backfill?: Backfill;
  onChange(): void;
}) {
  const { entityRef, backfill, onChange } = props;
  const { t } = useTranslationRef(ciMedicTranslationRef);
  const api = useApi(ciMedicApiRef);
  const { allowed } = useEntityPermission(ciMedicBackfillPermission);
  const [isPending, setIsPending] = useState(false);
  const [error, setError] = useState<Error>();
  const isActive =
    backfill && ['queued', 'running', 'waiting'].includes(backfill.state);

  const act = async (action: () => Promise<unknown>) => {
    setIsPending(true);
    setError(undefined);
    try {
      await action();
      onChange();
    } catch (e) {
      setError(toError(e));
    } finally {
      setIsPending(false);
    }
  };

  return (
    <Section
      title={t('health.backfill.title')}
      actions={
        allowed &&
        (isActive ? (
          <Button
            size="small"
            variant="secondary"
            isPending={isPending}
            onPress={() => act(() => api.cancelBackfill({ entityRef }))}
          >
            {t('health.backfill.cancel')}
          </Button>
        ) : (
          <StartBackfill
            label={t(
              backfill ? 'health.backfill.again' : 'health.backfill.start',
            )}
            isPending={isPending}
            onStart={days => act(() => api.startBackfill({ entityRef, days }))}
          />
        ))
      }
    >
      {backfill ? (
        <BackfillProgress backfill={backfill} />
      ) : (
        <Text as="p" color="secondary">
          {t('health.backfill.never')}
        </Text>
      )}
      {error && <ErrorState error={error} />}
    </Section>
  );
}
