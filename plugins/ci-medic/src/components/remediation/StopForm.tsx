import { useApi, useTranslationRef } from '@backstage/frontend-plugin-api';
import { StopScope } from '@ci-medic/plugin-ci-medic-common';
import { Button, Flex, TextField } from '@backstage/ui';
import { useState } from 'react';
import { ciMedicApiRef } from '../../api';
import { ciMedicTranslationRef } from '../../translation';
import { OptionSelect } from '../layout';
import { ChangeError } from './ChangeError';
import { useChange } from './useChange';

const SCOPES: StopScope[] = ['all', 'entity', 'action'];

/**
 * Sets a kill switch. There is always a reason to it.
 */
export function StopForm(props: { onChange(): void }) {
  const { t } = useTranslationRef(ciMedicTranslationRef);
  const api = useApi(ciMedicApiRef);
  const [scope, setScope] = useState<StopScope>('all');
  const [subject, setSubject] = useState('');
  const [reason, setReason] = useState('');
  const { isPending, error, run } = useChange(props.onChange);
  const isComplete = reason.trim() && (scope === 'all' || subject.trim());
  const stop = async () => {
    const of = scope === 'all' ? {} : { subject: subject.trim() };
    if (
      await run(() =>
        api.stopRemediations({ scope, reason: reason.trim(), ...of }),
      )
    ) {
      setReason('');
    }
  };
  return (
    <Flex direction="column" gap="2">
      <Flex gap="3" align="end" style={{ flexWrap: 'wrap' }}>
        <OptionSelect
          label={t('control.stop.scope')}
          options={SCOPES.map(value => ({
            value,
            label: t(`control.stop.scopes.${value}`),
          }))}
          value={scope}
          onChange={value => setScope(value as StopScope)}
        />
        {scope !== 'all' && (
          <TextField
            size="small"
            label={t('control.stop.subject')}
            placeholder={t('control.stop.subjectHint')}
            value={subject}
            onChange={setSubject}
          />
        )}
        <TextField
          size="small"
          label={t('control.stop.reason')}
          value={reason}
          maxLength={500}
          onChange={setReason}
        />
        <Button
          variant="primary"
          destructive
          isDisabled={!isComplete}
          isPending={isPending}
          onPress={stop}
        >
          {t('control.stop.set')}
        </Button>
      </Flex>
      <ChangeError error={error} />
    </Flex>
  );
}
