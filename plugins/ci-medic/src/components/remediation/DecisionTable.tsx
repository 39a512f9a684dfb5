import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { RemediationDecision } from '@ci-medic/plugin-ci-medic-common';
import { ciMedicTranslationRef } from '../../translation';
import { FigureTable } from '../insights/FigureTable';
import { LogText } from '../log';
import { GateList } from '../plans';
import { RelativeTime } from '../time';

/**
 * Decisions with their reasons; the gates of each can be unfolded.
 */
export function DecisionTable(props: { decisions: RemediationDecision[] }) {
  const { t } = useTranslationRef(ciMedicTranslationRef);
  return (
    <FigureTable
      label={t('control.decisions.title')}
      rows={props.decisions}
      keyOf={({ id }) => id}
      empty={t('control.decisions.none')}
      columns={[
        {
          label: t('control.decisions.at'),
          cell: ({ at }) => <RelativeTime at={at} />,
        },
        {
          label: t('control.decisions.result'),
          cell: ({ result }) => t(`control.decisions.results.${result}`),
        },
        {
          label: t('control.decisions.action'),
          cell: ({ action }) => action ?? '',
        },
        {
          label: t('control.decisions.moment'),
          cell: ({ moment }) => t(`control.decisions.moments.${moment}`),
        },
        {
          label: t('control.decisions.actor'),
          cell: ({ actor }) => <LogText text={actor} />,
        },
        {
          label: t('control.decisions.entities'),
          cell: ({ entityRefs }) => <LogText text={entityRefs.join(', ')} />,
        },
        {
          label: t('control.decisions.reasons'),
          cell: ({ reasons, gates }) =>
            gates.length > 0 ? (
              <details>
                <summary>
                  <LogText text={reasons.join('. ')} />
                </summary>
                <GateList gates={gates} />
              </details>
            ) : (
              <LogText text={reasons.join('. ')} />
            ),
        },
        {
          label: t('control.decisions.policy'),
          cell: ({ policyRevision }) => policyRevision ?? '',
        },
      ]}
    />
  );
}
