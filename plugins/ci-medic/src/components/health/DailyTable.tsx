import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { HealthPeriod } from '@ci-medic/plugin-ci-medic-common';
import { Accordion, AccordionPanel, AccordionTrigger } from '@backstage/ui';
import { useState } from 'react';
import { ciMedicTranslationRef } from '../../translation';
import { AbsoluteTime, formatDuration, useLanguage } from '../time';
import styles from './DailyTable.module.css';
import { formatPercent } from './formatPercent';

/**
 * What the charts show, in figures: a row for each day, newest first.
 */
export function DailyTable(props: { periods: HealthPeriod[] }) {
  const { periods } = props;
  const { t } = useTranslationRef(ciMedicTranslationRef);
  const language = useLanguage();
  const [isOpen, setIsOpen] = useState(false);
  const duration = (milliseconds?: number) =>
    milliseconds === undefined ? '–' : formatDuration(milliseconds, language);
  return (
    <Accordion isExpanded={isOpen} onExpandedChange={setIsOpen}>
      <AccordionTrigger level={3} title={t('health.trend.table')} />
      <AccordionPanel>
        {isOpen && (
          <div className={styles.scroller}>
            <table className={styles.table}>
              <thead>
                <tr>
                  <th scope="col">{t('health.trend.dayColumn')}</th>
                  <th scope="col">{t('health.trend.runsColumn')}</th>
                  <th scope="col">{t('health.trend.failedColumn')}</th>
                  <th scope="col">{t('health.successRate')}</th>
                  <th scope="col">{t('health.duration')}</th>
                  <th scope="col">{t('health.queue')}</th>
                </tr>
              </thead>
              <tbody>
                {[...periods].reverse().map(period => (
                  <tr key={period.from}>
                    <th scope="row">
                      <AbsoluteTime at={period.from} dateOnly />
                    </th>
                    <td>{period.runs}</td>
                    <td>{period.failed}</td>
                    <td>
                      {period.successRate
                        ? formatPercent(period.successRate.value, language)
                        : '–'}
                    </td>
                    <td>{duration(period.duration?.medianMs)}</td>
                    <td>{duration(period.queue?.medianMs)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        )}
      </AccordionPanel>
    </Accordion>
  );
}
