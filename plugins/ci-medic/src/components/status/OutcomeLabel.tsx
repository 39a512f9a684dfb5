import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { TestCase } from '@ci-medic/plugin-ci-medic-common';
import {
  RemixiconComponentType,
  RiAlertFill,
  RiCheckboxCircleFill,
  RiCloseCircleFill,
  RiSkipForwardLine,
} from '@remixicon/react';
import { ciMedicTranslationRef } from '../../translation';
import { StatusLabel, StatusTone } from './StatusLabel';

const LOOKS: Record<
  TestCase['outcome'],
  { icon: RemixiconComponentType; tone: StatusTone }
> = {
  passed: { icon: RiCheckboxCircleFill, tone: 'good' },
  failed: { icon: RiCloseCircleFill, tone: 'bad' },
  error: { icon: RiAlertFill, tone: 'bad' },
  skipped: { icon: RiSkipForwardLine, tone: 'quiet' },
};

/**
 * What a test case did.
 */
export function OutcomeLabel(props: { outcome: TestCase['outcome'] }) {
  const { outcome } = props;
  const { t } = useTranslationRef(ciMedicTranslationRef);
  return (
    <StatusLabel {...LOOKS[outcome]} text={t(`status.outcome.${outcome}`)} />
  );
}
