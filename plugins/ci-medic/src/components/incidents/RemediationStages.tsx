import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Remediation } from '@ci-medic/plugin-ci-medic-common';
import { Text } from '@backstage/ui';
import { ciMedicTranslationRef } from '../../translation';
import { LogText } from '../log';

/**
 * What a remediation does one after the other, and how far it is; nothing for one of a single step.
 */
export function RemediationStages(props: { remediation: Remediation }) {
  const { stages, stagesDone } = props.remediation;
  const { t } = useTranslationRef(ciMedicTranslationRef);
  if (stages.length < 2) {
    return null;
  }
  const total = String(stages.length);
  return (
    <details open={stages.length <= 6}>
      <summary>
        <Text as="span" variant="body-small">
          {t('remediation.stepsOfCount', { done: String(stagesDone), total })}
        </Text>
      </summary>
      <ol>
        {stages.map((stage, index) => (
          <li key={index}>
            <Text
              as="span"
              variant="body-small"
              color={index < stagesDone ? 'primary' : 'secondary'}
            >
              {index < stagesDone ? '✓ ' : ''}
              <LogText text={stage} />
            </Text>
          </li>
        ))}
      </ol>
    </details>
  );
}
