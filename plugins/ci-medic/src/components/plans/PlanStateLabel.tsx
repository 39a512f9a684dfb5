import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { PlanState } from '@ci-medic/plugin-ci-medic-common';
import {
  RemixiconComponentType,
  RiCheckLine,
  RiEyeLine,
  RiForbidLine,
  RiLightbulbLine,
  RiTimeLine,
} from '@remixicon/react';
import { ciMedicTranslationRef } from '../../translation';
import { StatusLabel, StatusTone } from '../status';

const LOOKS: Record<
  PlanState,
  { icon: RemixiconComponentType; tone: StatusTone }
> = {
  proposed: { icon: RiTimeLine, tone: 'active' },
  advised: { icon: RiLightbulbLine, tone: 'active' },
  shadowed: { icon: RiEyeLine, tone: 'quiet' },
  denied: { icon: RiForbidLine, tone: 'doubtful' },
  approved: { icon: RiCheckLine, tone: 'good' },
  rejected: { icon: RiForbidLine, tone: 'quiet' },
  expired: { icon: RiForbidLine, tone: 'quiet' },
  superseded: { icon: RiForbidLine, tone: 'quiet' },
};

/**
 * Where a plan is.
 */
export function PlanStateLabel({ state }: { state: PlanState }) {
  const { t } = useTranslationRef(ciMedicTranslationRef);
  return <StatusLabel {...LOOKS[state]} text={t(`plans.state.${state}`)} />;
}
