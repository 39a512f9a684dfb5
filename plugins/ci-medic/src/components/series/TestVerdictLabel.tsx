import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { TestVerdict } from '@ci-medic/plugin-ci-medic-common';
import {
  RemixiconComponentType,
  RiCheckboxCircleFill,
  RiCloseCircleFill,
  RiEyeLine,
  RiQuestionLine,
  RiShuffleLine,
} from '@remixicon/react';
import { ciMedicTranslationRef } from '../../translation';
import { StatusLabel, StatusTone } from '../status';

const LOOKS: Record<
  TestVerdict,
  { icon: RemixiconComponentType; tone: StatusTone }
> = {
  healthy: { icon: RiCheckboxCircleFill, tone: 'good' },
  suspect: { icon: RiEyeLine, tone: 'doubtful' },
  flaky: { icon: RiShuffleLine, tone: 'bad' },
  broken: { icon: RiCloseCircleFill, tone: 'bad' },
  unstable: { icon: RiShuffleLine, tone: 'doubtful' },
  unknown: { icon: RiQuestionLine, tone: 'quiet' },
};

/**
 * How reliable a test is.
 */
export function TestVerdictLabel(props: { verdict: TestVerdict }) {
  const { verdict } = props;
  const { t } = useTranslationRef(ciMedicTranslationRef);
  return (
    <StatusLabel {...LOOKS[verdict]} text={t(`series.tests.${verdict}`)} />
  );
}
