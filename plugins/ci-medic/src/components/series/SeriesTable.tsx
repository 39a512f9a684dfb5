import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Series, SeriesPoint } from '@ci-medic/plugin-ci-medic-common';
import {
  Accordion,
  AccordionPanel,
  AccordionTrigger,
  Link,
  Text,
} from '@backstage/ui';
import { useState } from 'react';
import { ciMedicTranslationRef } from '../../translation';
import { AbsoluteTime, useLanguage } from '../time';
import { formatSeriesValue } from './formatSeriesValue';
import styles from './FigureTable.module.css';
import { useSeriesPaths } from './useSeriesPaths';

const MOST_ROWS = 200;

/**
 * What the chart shows, in figures: a row for each point, newest first.
 */
export function SeriesTable(props: { series: Series }) {
  const { series } = props;
  const { t } = useTranslationRef(ciMedicTranslationRef);
  const language = useLanguage();
  const paths = useSeriesPaths();
  const [isOpen, setIsOpen] = useState(false);
  const rows = series.points.slice(-MOST_ROWS).reverse();
  const format = (value: number) => formatSeriesValue(value, series, language);
  const usualAt = ({ at }: SeriesPoint) => {
    const range = series.usual.find(({ from, to }) => from <= at && at <= to);
    return range ? `${format(range.low)} – ${format(range.high)}` : '–';
  };
  const unusualAt = ({ at, runId }: SeriesPoint) =>
    series.anomalies
      .filter(({ began }) => (runId ? began.runId === runId : began.at === at))
      .map(({ sentence }) => sentence)
      .join(' ');
  return (
    <Accordion isExpanded={isOpen} onExpandedChange={setIsOpen}>
      <AccordionTrigger level={4} title={t('series.table.title')} />
      <AccordionPanel>
        {isOpen && (
          <div className={styles.scroller}>
            <Text as="p" variant="body-small" color="secondary">
              {t('series.table.newest', { count: rows.length })}
            </Text>
            <table className={styles.table}>
              <thead>
                <tr>
                  <th scope="col">{t('series.table.when')}</th>
                  <th scope="col">{t('series.table.run')}</th>
                  <th scope="col">{t('series.table.commit')}</th>
                  <th scope="col">{t('series.table.value')}</th>
                  <th scope="col">{t('series.table.usual')}</th>
                  <th scope="col">{t('series.table.unusual')}</th>
                </tr>
              </thead>
              <tbody>
                {rows.map(point => (
                  <tr key={`${point.at} ${point.runId}`}>
                    <th scope="row">
                      <AbsoluteTime at={point.at} />
                    </th>
                    <td>
                      {point.runId ? (
                        <Link href={paths.run(point.runId)}>
                          {point.runNumber ?? point.runId.slice(0, 8)}
                        </Link>
                      ) : (
                        '–'
                      )}
                    </td>
                    <td>
                      <code>{point.commitSha?.slice(0, 8) ?? '–'}</code>
                    </td>
                    <td>{format(point.value)}</td>
                    <td>{usualAt(point)}</td>
                    <td>{unusualAt(point)}</td>
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
