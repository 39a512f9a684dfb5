import { ReadOrganisation } from '../series/readOrganisation';
import { PostedMessages } from './PostedMessages';

const HOUR_MS = 3_600_000;
const untilTold = [
  ...['ingest.delivery', 'ingest.run', 'logs.read', 'incidents.observe'],
  ...['diagnosis.run', 'alerts.plan', 'alerts.send'],
];

/** Messages that owners got, by incident and by channel and owner. */
export type MessageCount = {
  incidents: number;
  messages: number;
  notes: number;
  /** The most that one incident brought about. */
  most: number;
};

/** Lets an organisation live on, with its webhooks delivered, and counts what its people are told. */
export async function countMessages(
  { simulator, backend }: ReadOrganisation,
  messages: PostedMessages,
  hours: number,
): Promise<MessageCount> {
  simulator.setWebhook(backend.webhook);
  const truth = simulator.truth!;
  let known = truth.jobs().length;
  await simulator.advance(hours * HOUR_MS, {
    // Simulated people repair things within minutes; those of a failure must not pass before it is told.
    afterStep: async () => {
      const count = truth.jobs().length;
      if (count > known) {
        known = count;
        await backend.untilIdle(untilTold);
      }
    },
  });
  await backend.untilIdle();
  const byIncident = new Map<string, Set<string>>();
  const notes = new Set<string>();
  for (const { incidentId, alertId, isNote } of messages.posted) {
    if (isNote) {
      notes.add(alertId);
    } else {
      const ids = byIncident.get(incidentId) ?? new Set();
      byIncident.set(incidentId, ids.add(alertId));
    }
  }
  const counts = [...byIncident.values()].map(({ size }) => size);
  return {
    incidents: counts.length,
    messages: counts.reduce((sum, count) => sum + count, 0),
    notes: notes.size,
    most: Math.max(0, ...counts),
  };
}
