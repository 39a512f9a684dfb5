import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { InsightPeriod, Insights } from '@ci-medic/plugin-ci-medic-common';
import { Accordion, AccordionPanel, AccordionTrigger } from '@backstage/ui';
import { useState } from 'react';
import { ciMedicTranslationRef } from '../../translation';
import { formatPercent } from '../health/formatPercent';
import { AbsoluteTime, formatDuration, useLanguage } from '../time';
import { CsvButton } from './CsvButton';
import { FigureTable } from './FigureTable';
import { minutesLost } from './minutesLost';
import { toCsv } from './toCsv';

/**
 * What the charts show, in figures, newest first.
 */
export function PeriodTable(props: { insights: Insights }) {
  const { trend } = props.insights;
  const { t } = useTranslationRef(ciMedicTranslationRef);
  const language = useLanguage();
  const [isOpen, setIsOpen] = useState(false);
  const duration = (value?: { medianMs: number; n: number }) =>
    value
      ? `${formatDuration(value.medianMs, language)} (n = ${value.n})`
      : '–';
  const share = (value?: { value: number; n: number }) =>
    value ? `${formatPercent(value.value, language)} (n = ${value.n})` : '–';
  const rows = [...trend].reverse();
  return (
    <Accordion isExpanded={isOpen} onExpandedChange={setIsOpen}>
      <AccordionTrigger level={3} title={t('insights.table')} />
      <AccordionPanel>
        {isOpen && (
          <>
            <CsvButton
              name="ci-trend"
              content={() =>
                toCsv<InsightPeriod>(trend, {
                  from: period => period.from,
                  to: period => period.to,
                  runs: period => period.runs,
                  failed: period => period.failed,
                  time_to_green_median_ms: p => p.timeToGreen?.medianMs,
                  time_to_green_p90_ms: p => p.timeToGreen?.p90Ms,
                  time_to_green_n: p => p.timeToGreen?.n,
                  deployment_recovery_median_ms: p =>
                    p.deploymentRecovery?.medianMs,
                  deployment_recovery_n: p => p.deploymentRecovery?.n,
                  success_rate: p => p.successRate?.value,
                  success_rate_low: p => p.successRate?.low,
                  success_rate_high: p => p.successRate?.high,
                  flaky_rate: p => p.flakyRate?.value,
                  flaky_rate_low: p => p.flakyRate?.low,
                  flaky_rate_high: p => p.flakyRate?.high,
                  queue_median_ms: p => p.queue?.medianMs,
                  queue_p90_ms: p => p.queue?.p90Ms,
                  runner_minutes: p => p.runnerMinutes,
                  minutes_lost: p => minutesLost(p.losses),
                })
              }
            />
            <FigureTable<InsightPeriod>
              label={t('insights.table')}
              rows={rows}
              keyOf={({ from }) => from}
              empty={t('insights.noFigure')}
              columns={[
                {
                  label: t('insights.periodColumn'),
                  cell: ({ from }) => <AbsoluteTime at={from} dateOnly />,
                },
                {
                  label: t('insights.runsColumn'),
                  isFigure: true,
                  cell: ({ runs }) => runs,
                },
                {
                  label: t('insights.figure.timeToGreen'),
                  isFigure: true,
                  cell: period => duration(period.timeToGreen),
                },
                {
                  label: t('insights.figure.deploymentRecovery'),
                  isFigure: true,
                  cell: period => duration(period.deploymentRecovery),
                },
                {
                  label: t('insights.figure.successRate'),
                  isFigure: true,
                  cell: period => share(period.successRate),
                },
                {
                  label: t('insights.figure.flakyRate'),
                  isFigure: true,
                  cell: period => share(period.flakyRate),
                },
                {
                  label: t('insights.figure.queue'),
                  isFigure: true,
                  cell: period => duration(period.queue),
                },
                {
                  label: t('insights.figure.lost'),
                  isFigure: true,
                  cell: period => Math.round(minutesLost(period.losses)),
                },
              ]}
            />
          </>
        )}
      </AccordionPanel>
    </Accordion>
  );
}
