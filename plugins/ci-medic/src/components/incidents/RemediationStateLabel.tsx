import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { RemediationState } from '@ci-medic/plugin-ci-medic-common';
import {
  RemixiconComponentType,
  RiCheckboxCircleFill,
  RiCloseCircleFill,
  RiForbidLine,
  RiLoader4Line,
  RiQuestionLine,
  RiTimeLine,
  RiUserLine,
} from '@remixicon/react';
import { ciMedicTranslationRef } from '../../translation';
import { StatusLabel, StatusTone } from '../status';

const LOOKS: Record<
  RemediationState,
  { icon: RemixiconComponentType; tone: StatusTone }
> = {
  approved: { icon: RiTimeLine, tone: 'active' },
  claimed: { icon: RiLoader4Line, tone: 'active' },
  intent_recorded: { icon: RiLoader4Line, tone: 'active' },
  calling: { icon: RiLoader4Line, tone: 'active' },
  unknown: { icon: RiQuestionLine, tone: 'doubtful' },
  verifying: { icon: RiLoader4Line, tone: 'active' },
  succeeded: { icon: RiCheckboxCircleFill, tone: 'good' },
  failed: { icon: RiCloseCircleFill, tone: 'bad' },
  superseded: { icon: RiForbidLine, tone: 'quiet' },
  expired: { icon: RiForbidLine, tone: 'quiet' },
  cancelled: { icon: RiForbidLine, tone: 'quiet' },
  denied: { icon: RiForbidLine, tone: 'quiet' },
  needs_human: { icon: RiUserLine, tone: 'doubtful' },
};

/**
 * Where a remediation stands, or how it ended.
 */
export function RemediationStateLabel({ state }: { state: RemediationState }) {
  const { t } = useTranslationRef(ciMedicTranslationRef);
  return (
    <StatusLabel {...LOOKS[state]} text={t(`remediation.state.${state}`)} />
  );
}
