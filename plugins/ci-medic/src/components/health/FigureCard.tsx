import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Card, CardBody, CardHeader, Flex, Text } from '@backstage/ui';
import { ReactNode, useId } from 'react';
import { ciMedicTranslationRef } from '../../translation';

/**
 * One figure: what it is, what it rests on, how it was before, and its course.
 */
export function FigureCard(props: {
  title: string;
  /** Undefined where nothing could be measured. */
  value?: ReactNode;
  /** Stands beside the value, such as `median`. */
  unit?: string;
  basis?: ReactNode;
  comparison?: ReactNode;
  chart: ReactNode;
}) {
  const { title, value, unit, basis, comparison, chart } = props;
  const { t } = useTranslationRef(ciMedicTranslationRef);
  const id = useId();
  return (
    <Card role="group" aria-labelledby={id}>
      <CardHeader>
        <Text as="h3" variant="body-large" weight="bold" id={id}>
          {title}
        </Text>
      </CardHeader>
      <CardBody>
        <Flex direction="column" gap="2" style={{ height: '100%' }}>
          <Flex gap="2" align="baseline">
            <Text as="p" variant={value ? 'title-medium' : 'title-x-small'}>
              {value ?? t('health.noFigure')}
            </Text>
            {value && unit && <Text color="secondary">{unit}</Text>}
          </Flex>
          <Text as="p" variant="body-small" color="secondary">
            {value ? basis : t('health.noFigureReason')}
          </Text>
          {value && comparison}
          {chart}
        </Flex>
      </CardBody>
    </Card>
  );
}
