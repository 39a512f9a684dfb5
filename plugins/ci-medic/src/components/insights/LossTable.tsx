import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Insights, Loss } from '@ci-medic/plugin-ci-medic-common';
import { Text } from '@backstage/ui';
import { ciMedicTranslationRef } from '../../translation';
import { Section } from '../layout';
import { useLanguage } from '../time';
import { BehindButton } from './BehindButton';
import { CsvButton } from './CsvButton';
import { FigureTable } from './FigureTable';
import { toCsv } from './toCsv';

/**
 * What failures of each kind cost.
 */
export function LossTable(props: { insights: Insights }) {
  const { current, settings } = props.insights;
  const { currency } = settings;
  const { t } = useTranslationRef(ciMedicTranslationRef);
  const language = useLanguage();
  const number = (value: number) =>
    new Intl.NumberFormat(language, { maximumFractionDigits: 0 }).format(value);
  const money = (value: number) =>
    new Intl.NumberFormat(language, {
      minimumFractionDigits: 2,
      maximumFractionDigits: 2,
    }).format(value);
  const prices = settings.runnerPrices
    .map(({ label, perMinute }) => {
      const runners = label === '*' ? t('insights.losses.otherRunners') : label;
      return `${runners} ${perMinute}`;
    })
    .join(', ');
  const title = t('insights.losses.title');
  return (
    <Section
      title={title}
      actions={
        <CsvButton
          name="ci-losses"
          content={() =>
            toCsv<Loss>(current.losses, {
              category: loss => loss.category,
              failed_jobs: loss => loss.failures,
              runner_minutes: loss => loss.runnerMinutes,
              developer_minutes: loss => loss.developerMinutes,
              cost: loss => loss.cost,
              currency: () => currency,
              from: () => current.from,
              to: () => current.to,
            })
          }
        />
      }
    >
      <FigureTable<Loss>
        label={title}
        rows={current.losses}
        keyOf={loss => loss.category}
        empty={t('insights.losses.none')}
        columns={[
          {
            label: t('insights.losses.category'),
            cell: loss => {
              const category = t(`insights.category.${loss.category}`);
              return (
                <BehindButton
                  figure={category}
                  behind={{ list: 'causes', category: loss.category }}
                >
                  {category}
                </BehindButton>
              );
            },
          },
          {
            label: t('insights.losses.failures'),
            isFigure: true,
            cell: loss => number(loss.failures),
          },
          {
            label: t('insights.losses.runner'),
            isFigure: true,
            cell: loss => number(loss.runnerMinutes),
          },
          {
            label: t('insights.losses.developer'),
            isFigure: true,
            cell: loss => number(loss.developerMinutes),
          },
          {
            label: t('insights.losses.cost', { currency }),
            isFigure: true,
            cell: loss => money(loss.cost),
          },
        ]}
      />
      <Text as="p" variant="body-x-small" color="secondary">
        {settings.runnerPrices.length > 0
          ? t('insights.losses.prices', { currency, prices })
          : t('insights.losses.noPrices')}
      </Text>
    </Section>
  );
}
