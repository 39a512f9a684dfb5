import { Anomaly } from '@ci-medic/plugin-ci-medic-common';
import styles from './AnomalyItem.module.css';
import { AnomalyItem } from './AnomalyItem';

/**
 * Anomalies, one below the other.
 */
export function AnomalyList(props: {
  anomalies: Anomaly[];
  hasSeriesLink?: boolean;
  hasIncidentLink?: boolean;
}) {
  const { anomalies, ...links } = props;
  return (
    <ul className={styles.list}>
      {anomalies.map(anomaly => (
        <AnomalyItem key={anomaly.id} anomaly={anomaly} {...links} />
      ))}
    </ul>
  );
}
