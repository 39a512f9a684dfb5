import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { RemediationGate } from '@ci-medic/plugin-ci-medic-common';
import { Text } from '@backstage/ui';
import {
  RemixiconComponentType,
  RiCheckLine,
  RiCloseLine,
  RiSubtractLine,
  RiTimeLine,
} from '@remixicon/react';
import { ciMedicTranslationRef } from '../../translation';
import { LogText } from '../log';
import { StatusLabel, StatusTone } from '../status';

const LOOKS: Record<
  RemediationGate['result'],
  { icon: RemixiconComponentType; tone: StatusTone }
> = {
  passed: { icon: RiCheckLine, tone: 'good' },
  refused: { icon: RiCloseLine, tone: 'bad' },
  waits: { icon: RiTimeLine, tone: 'active' },
  not_reached: { icon: RiSubtractLine, tone: 'quiet' },
};

/**
 * What each gate said, in their order, with its reasons.
 */
export function GateList({ gates }: { gates: RemediationGate[] }) {
  const { t } = useTranslationRef(ciMedicTranslationRef);
  return (
    <ol aria-label={t('plans.gates')}>
      {gates.map(({ gate, result, reasons }) => (
        <li key={gate}>
          <Text as="span" variant="body-small">
            {t(`plans.gate.${gate}`)}{' '}
            <StatusLabel
              {...LOOKS[result]}
              text={t(`plans.result.${result}`)}
            />{' '}
            {reasons.length > 0 && <LogText text={reasons.join('. ')} />}
          </Text>
        </li>
      ))}
    </ol>
  );
}
