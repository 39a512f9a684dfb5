import { Incident } from '@ci-medic/plugin-ci-medic-common';
import { DateTime } from 'luxon';
import { DurationText } from '../time';

/**
 * How long an incident has been, or was, open: from its first occurrence until it was resolved.
 */
export function TimeOpen(props: { incident: Incident }) {
  const { firstSeenAt, resolvedAt } = props.incident;
  const end = resolvedAt ? DateTime.fromISO(resolvedAt) : DateTime.now();
  const milliseconds = end.diff(DateTime.fromISO(firstSeenAt)).toMillis();
  return <DurationText milliseconds={Math.max(0, milliseconds)} />;
}
