import { useTranslationRef } from '@backstage/frontend-plugin-api';
import {
  Card,
  CardBody,
  CardHeader,
  Flex,
  Skeleton,
  Text,
} from '@backstage/ui';
import { lazy, Suspense, useId } from 'react';
import { ciMedicTranslationRef } from '../../translation';
import { Behind, BehindButton } from './BehindButton';
import type { IntervalPoint } from './IntervalChart';

const IntervalChart = lazy(() => import('./IntervalChart'));

/**
 * A figure with its basis, how it was before, and its course.
 */
export function InsightFigure(props: {
  title: string;
  hint?: string;
  value?: string;
  unit?: string;
  /** Where its incidents are; absent for what has none. */
  behind?: Behind;
  /** Sentences on what it rests on. */
  basis: (string | undefined)[];
  points: IntervalPoint[];
  format(value: number): string;
  /** For axes; as `format` by default. */
  formatShort?(value: number): string;
}) {
  const { title, hint, value, unit, behind, basis, points, format } = props;
  const { t } = useTranslationRef(ciMedicTranslationRef);
  const id = useId();
  return (
    <Card role="group" aria-labelledby={id}>
      <CardHeader>
        <Text as="h3" variant="body-large" weight="bold" id={id}>
          {title}
        </Text>
        {hint && (
          <Text as="p" variant="body-x-small" color="secondary">
            {hint}
          </Text>
        )}
      </CardHeader>
      <CardBody>
        <Flex direction="column" gap="2">
          <Flex gap="2" align="baseline">
            <Text as="p" variant={value ? 'title-medium' : 'title-x-small'}>
              {value ?? t('insights.noFigure')}
            </Text>
            {value && unit && <Text color="secondary">{unit}</Text>}
          </Flex>
          {(value ? basis : [t('insights.noFigureReason')]).map(
            sentence =>
              sentence && (
                <Text
                  as="p"
                  key={sentence}
                  variant="body-small"
                  color="secondary"
                >
                  {sentence}
                </Text>
              ),
          )}
          {value && behind && <BehindButton figure={title} behind={behind} />}
          {points.some(point => point.value !== undefined) && (
            <Suspense fallback={<Skeleton width="100%" height={140} />}>
              <IntervalChart
                points={points}
                title={title}
                band={t('insights.band')}
                label={t('insights.chart', {
                  title,
                  from: points[0].name,
                  to: points[points.length - 1].name,
                })}
                format={format}
                formatShort={props.formatShort ?? format}
              />
            </Suspense>
          )}
        </Flex>
      </CardBody>
    </Card>
  );
}
