import { useApi, useTranslationRef } from '@backstage/frontend-plugin-api';
import {
  FailureCategory,
  failureCategorySchema,
  RemediationMode,
  RemediationOverview,
  remediationModeSchema,
} from '@ci-medic/plugin-ci-medic-common';
import { Button, Flex, TextField } from '@backstage/ui';
import { useState } from 'react';
import { ciMedicApiRef } from '../../api';
import { ciMedicTranslationRef } from '../../translation';
import { OptionSelect } from '../layout';
import { ChangeError } from './ChangeError';
import { useChange } from './useChange';

/**
 * Sets the mode of a category, an action and a tier.
 */
export function ModeForm(props: {
  overview: RemediationOverview;
  onChange(): void;
}) {
  const { t } = useTranslationRef(ciMedicTranslationRef);
  const api = useApi(ciMedicApiRef);
  const [category, setCategory] = useState('');
  const [action, setAction] = useState('');
  const [tier, setTier] = useState('');
  const [mode, setMode] = useState<RemediationMode>('shadow');
  const { isPending, error, run } = useChange(props.onChange);
  const any = { value: '', label: t('control.modes.any') };
  return (
    <Flex direction="column" gap="2">
      <Flex gap="3" align="end" style={{ flexWrap: 'wrap' }}>
        <OptionSelect
          label={t('control.modes.category')}
          options={[
            any,
            ...failureCategorySchema.options.map(value => ({
              value,
              label: value,
            })),
          ]}
          value={category}
          onChange={setCategory}
        />
        <OptionSelect
          label={t('control.modes.action')}
          options={[
            any,
            ...props.overview.actions.map(one => ({
              value: one.action,
              label: one.title,
            })),
          ]}
          value={action}
          onChange={setAction}
        />
        <TextField
          size="small"
          label={t('control.modes.tier')}
          placeholder={t('control.modes.any')}
          maxLength={63}
          value={tier}
          onChange={setTier}
        />
        <OptionSelect
          label={t('control.modes.mode')}
          options={remediationModeSchema.options.map(value => ({
            value,
            label: t(`plans.mode.${value}`),
          }))}
          value={mode}
          onChange={value => setMode(value as RemediationMode)}
        />
        <Button
          variant="secondary"
          isPending={isPending}
          onPress={() =>
            run(() =>
              api.setRemediationMode({
                ...(category && { category: category as FailureCategory }),
                ...(action && { action }),
                ...(tier.trim() && { tier: tier.trim() }),
                mode,
              }),
            )
          }
        >
          {t('control.modes.set')}
        </Button>
      </Flex>
      <ChangeError error={error} />
    </Flex>
  );
}
