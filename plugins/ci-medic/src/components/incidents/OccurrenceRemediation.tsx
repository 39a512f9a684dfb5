import {
  Occurrence,
  Remediations,
  RemediationState,
} from '@ci-medic/plugin-ci-medic-common';
import { Flex, Text } from '@backstage/ui';
import { LogText } from '../log';
import { RemediationStateLabel } from './RemediationStateLabel';
import { RerunButton } from './RerunButton';

/** Nothing was done, so it can be asked for again. */
const UNDONE: RemediationState[] = [
  'superseded',
  'expired',
  'cancelled',
  'denied',
];

/**
 * What is done about the run of an occurrence, and what the reader may do about it, with the reason where they may not.
 */
export function OccurrenceRemediation(props: {
  incidentId: string;
  occurrence: Occurrence;
  remediations: Remediations;
  onChange(): void;
}) {
  const { incidentId, occurrence, remediations, onChange } = props;
  const isOfRun = (one: { runId: string; attempt: number }) =>
    one.runId === occurrence.runId && one.attempt === occurrence.attempt;
  const done = remediations.items.find(isOfRun);
  const option = remediations.options.find(isOfRun);
  const isOffered = option && (!done || UNDONE.includes(done.state));
  return (
    <Flex direction="column" gap="1">
      {done && <RemediationStateLabel state={done.state} />}
      {isOffered && (
        <RerunButton
          incidentId={incidentId}
          occurrence={occurrence}
          isDisabled={!option.allowed}
          onChange={onChange}
        />
      )}
      {isOffered && !option.allowed && option.reason && (
        <Text as="p" variant="body-x-small" color="secondary">
          <LogText text={option.reason} />
        </Text>
      )}
    </Flex>
  );
}
