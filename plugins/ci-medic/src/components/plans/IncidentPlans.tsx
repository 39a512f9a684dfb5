import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { OfferedPlan } from '@ci-medic/plugin-ci-medic-common';
import { Button, Flex, Text } from '@backstage/ui';
import { ciMedicTranslationRef } from '../../translation';
import { Section } from '../layout';
import { LogText } from '../log';
import { PlanItem } from './PlanItem';
import { usePlans } from './usePlans';

/**
 * What could be done about an incident. What is under way has its own place; a plan is shown until it is.
 */
export function IncidentPlans(props: { incidentId: string; onChange(): void }) {
  const { t } = useTranslationRef(ciMedicTranslationRef);
  const { value, error, refresh } = usePlans(props.incidentId);
  const onChange = () => {
    refresh();
    props.onChange();
  };
  const [current, older] = split(value?.items ?? []);
  if (current.length + older.length === 0 && !error) {
    return null;
  }
  return (
    <Section title={t('plans.title')}>
      {error && (
        <Flex gap="3" align="center">
          <Text as="p" variant="body-small">
            <LogText text={error.message} />
          </Text>
          <Button size="small" variant="secondary" onPress={refresh}>
            {t('plans.retry')}
          </Button>
        </Flex>
      )}
      <PlanList plans={current} onChange={onChange} />
      {older.length > 0 && (
        <details>
          <summary>
            <Text as="span" variant="body-small">
              {t('plans.older', { total: String(older.length) })}
            </Text>
          </summary>
          <PlanList plans={older} onChange={onChange} />
        </details>
      )}
    </Section>
  );
}

function PlanList(props: { plans: OfferedPlan[]; onChange(): void }) {
  return (
    <ul style={{ margin: 0, padding: 0 }}>
      <Flex direction="column" gap="4">
        {props.plans.map(plan => (
          <PlanItem key={plan.id} plan={plan} onChange={props.onChange} />
        ))}
      </Flex>
    </ul>
  );
}

/** Those of the newest run that say something now, and the others. */
function split(plans: OfferedPlan[]): [OfferedPlan[], OfferedPlan[]] {
  const [newest] = plans;
  const isCurrent = ({ runId, attempt, state }: OfferedPlan) =>
    state === 'proposed' ||
    (runId === newest.runId &&
      attempt === newest.attempt &&
      !['superseded', 'expired', 'approved'].includes(state));
  return [plans.filter(isCurrent), plans.filter(plan => !isCurrent(plan))];
}
