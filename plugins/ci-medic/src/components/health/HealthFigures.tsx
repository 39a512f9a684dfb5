import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Health } from '@ci-medic/plugin-ci-medic-common';
import { Flex, Grid, Link, Text } from '@backstage/ui';
import { Fragment, ReactNode } from 'react';
import { entityIncidentsRouteRef } from '../../routes';
import { ciMedicTranslationRef } from '../../translation';
import { useTabPath } from '../links';
import { AbsoluteTime, RelativeTime } from '../time';
import { DailyTable } from './DailyTable';
import { DurationFigure } from './DurationFigure';
import { SuccessRateFigure } from './SuccessRateFigure';

/**
 * Success rate, duration and queue time, with what they rest on.
 */
export function HealthFigures(props: { health: Health; days: number }) {
  const { health, days } = props;
  const { current, previous } = health;
  const { t } = useTranslationRef(ciMedicTranslationRef);
  const incidentsPath = useTabPath(entityIncidentsRouteRef);
  const incidents = t('health.incidents', { count: health.openIncidents });
  const basis: ReactNode[] = [
    t('health.basis', {
      count: current.runs,
      since: <AbsoluteTime key="since" at={current.from} />,
    }),
    current.runs > 0 &&
      t('health.basisFailed', { failed: String(current.failed) }),
    t('health.basisCounted'),
    health.updatedAt &&
      t('health.updated', {
        time: <RelativeTime key="time" at={health.updatedAt} />,
      }),
    incidentsPath && health.openIncidents > 0 ? (
      <Link href={incidentsPath}>{incidents}</Link>
    ) : (
      incidents
    ),
  ];
  return (
    <Flex direction="column" gap="3" style={{ minWidth: 0 }}>
      <Text as="p" variant="body-medium" color="secondary">
        {basis.filter(Boolean).map((part, index) => (
          <Fragment key={index}>
            {index > 0 && ' · '}
            {part}
          </Fragment>
        ))}
      </Text>
      <Grid.Root columns={{ initial: '1', md: '3' }} gap="4">
        <SuccessRateFigure
          current={current.successRate}
          previous={previous.successRate}
          periods={health.days}
          days={days}
        />
        <DurationFigure
          title={t('health.duration')}
          measure="duration"
          current={current}
          previous={previous}
          periods={health.days}
          days={days}
        />
        <DurationFigure
          title={t('health.queue')}
          measure="queue"
          current={current}
          previous={previous}
          periods={health.days}
          days={days}
        />
      </Grid.Root>
      <DailyTable periods={health.days} />
    </Flex>
  );
}
