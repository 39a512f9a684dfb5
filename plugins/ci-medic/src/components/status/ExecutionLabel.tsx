import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Conclusion, ExecutionStatus } from '@ci-medic/plugin-ci-medic-common';
import {
  RemixiconComponentType,
  RiAlertFill,
  RiCheckboxCircleFill,
  RiCheckboxBlankCircleLine,
  RiCloseCircleFill,
  RiForbidLine,
  RiIndeterminateCircleLine,
  RiLoader4Line,
  RiSkipForwardLine,
  RiTimeLine,
  RiTimerFlashLine,
} from '@remixicon/react';
import { ciMedicTranslationRef } from '../../translation';
import { StatusLabel, StatusTone } from './StatusLabel';

const LOOKS: Record<
  Conclusion | ExecutionStatus,
  { icon: RemixiconComponentType; tone: StatusTone }
> = {
  queued: { icon: RiTimeLine, tone: 'active' },
  in_progress: { icon: RiLoader4Line, tone: 'active' },
  completed: { icon: RiCheckboxBlankCircleLine, tone: 'quiet' },
  success: { icon: RiCheckboxCircleFill, tone: 'good' },
  failure: { icon: RiCloseCircleFill, tone: 'bad' },
  timed_out: { icon: RiTimerFlashLine, tone: 'bad' },
  startup_failure: { icon: RiAlertFill, tone: 'bad' },
  action_required: { icon: RiAlertFill, tone: 'doubtful' },
  cancelled: { icon: RiForbidLine, tone: 'quiet' },
  skipped: { icon: RiSkipForwardLine, tone: 'quiet' },
  neutral: { icon: RiIndeterminateCircleLine, tone: 'quiet' },
  stale: { icon: RiIndeterminateCircleLine, tone: 'quiet' },
};

/**
 * Where a run, a job or a step stands, or how it ended.
 */
export function ExecutionLabel(props: {
  status: ExecutionStatus;
  conclusion?: Conclusion;
  iconOnly?: boolean;
}) {
  const { status, conclusion, iconOnly } = props;
  const { t } = useTranslationRef(ciMedicTranslationRef);
  const state = status === 'completed' ? conclusion ?? status : status;
  return (
    <StatusLabel
      {...LOOKS[state]}
      text={t(`status.${state}`)}
      iconOnly={iconOnly}
    />
  );
}
