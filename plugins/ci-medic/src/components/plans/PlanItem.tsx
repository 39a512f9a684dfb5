import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { OfferedPlan } from '@ci-medic/plugin-ci-medic-common';
import { Flex, Text } from '@backstage/ui';
import { ciMedicTranslationRef } from '../../translation';
import { LogText } from '../log';
import { RelativeTime } from '../time';
import { GateList } from './GateList';
import { PlanButtons } from './PlanButtons';
import { PlanStateLabel } from './PlanStateLabel';
import { PlanWordList } from './PlanWordList';

/**
 * One plan: what it would do in plain words, what the gates say, who agreed, and what the reader may do about it.
 */
export function PlanItem(props: { plan: OfferedPlan; onChange(): void }) {
  const { plan, onChange } = props;
  const { state, stages, approvals, approvalsNeeded, refusal } = plan;
  const { t } = useTranslationRef(ciMedicTranslationRef);
  const isOpen = state === 'proposed';
  const given = approvals.filter(({ verdict }) => verdict === 'approved');
  return (
    <li style={{ listStyle: 'none', minWidth: 0, overflowWrap: 'anywhere' }}>
      <Flex direction="column" gap="2">
        <Flex gap="3" align="center" style={{ flexWrap: 'wrap' }}>
          <Text as="span" weight="bold">
            {plan.actionTitle}
          </Text>
          <span role="status">
            <PlanStateLabel state={state} />
          </span>
        </Flex>
        {plan.reason && (
          <Text as="p">
            <LogText text={plan.reason} />
          </Text>
        )}
        <PlanWordList words={plan.words} />
        <details open={state === 'advised'}>
          <summary>
            <Text as="span" variant="body-small">
              {t('plans.steps')}
            </Text>
          </summary>
          <ol>
            {stages.map((stage, index) => (
              <li key={index}>
                <Text as="span" variant="body-small">
                  <LogText text={stage} />
                </Text>
              </li>
            ))}
          </ol>
        </details>
        <details open={isOpen || state === 'denied'}>
          <summary>
            <Text as="span" variant="body-small">
              {t('plans.gates')}
            </Text>
          </summary>
          <GateList gates={plan.gates} />
        </details>
        {approvals.map(({ approver, verdict, at }) => (
          <Text as="p" variant="body-small" key={approver}>
            {t(
              verdict === 'approved' ? 'plans.approvedBy' : 'plans.rejectedBy',
              {
                who: <LogText key="who" text={approver} />,
                time: <RelativeTime key="at" at={at} />,
              },
            )}
          </Text>
        ))}
        {isOpen && <PlanButtons plan={plan} onChange={onChange} />}
        {isOpen && refusal && (
          <Text as="p" variant="body-small" color="secondary">
            <LogText text={refusal} />
          </Text>
        )}
        <Text as="p" variant="body-small" color="secondary">
          {approvalsNeeded > 0 && (
            <>
              {t('plans.approvals', {
                given: String(given.length),
                count: approvalsNeeded,
              })}
              {' · '}
            </>
          )}
          {t('plans.by', {
            who: <LogText key="who" text={plan.author} />,
            time: <RelativeTime key="at" at={plan.createdAt} />,
          })}
          {isOpen && (
            <>
              {' · '}
              {t('plans.expires', {
                time: <RelativeTime key="until" at={plan.expiresAt} />,
              })}
            </>
          )}
        </Text>
      </Flex>
    </li>
  );
}
