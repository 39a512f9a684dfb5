import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { PlanWords } from '@ci-medic/plugin-ci-medic-common';
import { ciMedicTranslationRef } from '../../translation';
import { Facts } from '../layout';
import { LogText } from '../log';

const ORDER = [
  'what',
  'why',
  'target',
  'worstCase',
  'cost',
  'undo',
  'verification',
  'otherwise',
] as const;

/**
 * A plan in plain words.
 */
export function PlanWordList({ words }: { words: PlanWords }) {
  const { t } = useTranslationRef(ciMedicTranslationRef);
  return (
    <Facts
      facts={ORDER.map(name => ({
        name: t(`plans.words.${name}`),
        value: words[name] && <LogText text={words[name]} />,
      }))}
    />
  );
}
