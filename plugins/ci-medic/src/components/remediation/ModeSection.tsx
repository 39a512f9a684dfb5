import { useApi, useTranslationRef } from '@backstage/frontend-plugin-api';
import { RemediationOverview } from '@ci-medic/plugin-ci-medic-common';
import { Button, Text } from '@backstage/ui';
import { ciMedicApiRef } from '../../api';
import { ciMedicTranslationRef } from '../../translation';
import { FigureTable } from '../insights/FigureTable';
import { Section } from '../layout';
import { LogText } from '../log';
import { RelativeTime } from '../time';
import { ChangeError } from './ChangeError';
import { ModeForm } from './ModeForm';
import { useChange } from './useChange';

/**
 * How far CI Medic goes by itself, and a way to change it.
 */
export function ModeSection(props: {
  overview: RemediationOverview;
  onChange(): void;
}) {
  const { overview, onChange } = props;
  const { modes, defaultMode, mayControl } = overview;
  const { t } = useTranslationRef(ciMedicTranslationRef);
  const api = useApi(ciMedicApiRef);
  const { isPending, error, run } = useChange(onChange);
  const any = t('control.modes.any');
  return (
    <Section title={t('control.modes.title')}>
      <Text as="p">
        {t('control.modes.default', { mode: t(`plans.mode.${defaultMode}`) })}
      </Text>
      <FigureTable
        label={t('control.modes.title')}
        rows={modes}
        keyOf={rule =>
          `${rule.source}|${rule.category}|${rule.action}|${rule.tier}`
        }
        empty={t('control.modes.none')}
        columns={[
          {
            label: t('control.modes.category'),
            cell: ({ category }) => category ?? any,
          },
          {
            label: t('control.modes.action'),
            cell: ({ action }) => action ?? any,
          },
          { label: t('control.modes.tier'), cell: ({ tier }) => tier ?? any },
          {
            label: t('control.modes.mode'),
            cell: ({ mode }) => t(`plans.mode.${mode}`),
          },
          {
            label: t('control.modes.source'),
            cell: ({ setBy, setAt }) =>
              setBy && setAt
                ? t('control.modes.operator', {
                    who: <LogText key="who" text={setBy} />,
                    time: <RelativeTime key="at" at={setAt} />,
                  })
                : t('control.modes.configuration'),
          },
          {
            label: '',
            cell: ({ source, category, action, tier }) =>
              mayControl &&
              source === 'operator' && (
                <Button
                  size="small"
                  variant="tertiary"
                  isPending={isPending}
                  aria-label={t('control.modes.resetLabel', {
                    of: [category, action, tier]
                      .map(each => each ?? any)
                      .join(', '),
                  })}
                  onPress={() =>
                    run(() =>
                      api.setRemediationMode({ category, action, tier }),
                    )
                  }
                >
                  {t('control.modes.reset')}
                </Button>
              ),
          },
        ]}
      />
      <ChangeError error={error} />
      {mayControl && <ModeForm overview={overview} onChange={onChange} />}
    </Section>
  );
}
