import { Alert, AlertRoutes } from '@ci-medic/plugin-ci-medic-common';
import { slackPreviewOf } from '../../src/components/alerts/__fixtures__/alerts';
import { demoIncidents } from './demoIncidents';

/** One message that was sent, one that waits. */
export function demoAlerts(incidentId: string): Alert[] {
  const incident = demoIncidents.find(({ id }) => id === incidentId);
  if (!incident) {
    return [];
  }
  const common = {
    entityRefs: incident.entityRefs,
    createdAt: incident.firstSeenAt,
    title: `checkout: ${incident.title}`,
    turningPoint: 'diagnosed' as const,
    actions: [],
    notes: [],
    presses: [],
    body: `Job "${incident.jobs[0]}" of "${incident.pipelines[0]}" on main fails since run 41.`,
  };
  return [
    {
      ...common,
      id: `${incidentId}-1`,
      channel: 'notifications',
      channelTitle: 'Backstage notifications',
      destination: 'group:default/payments',
      because: 'group:default/payments owns the entity',
      state: 'sent',
      sentAt: incident.lastSeenAt,
    },
    {
      ...common,
      id: `${incidentId}-2`,
      channel: 'chat',
      channelTitle: 'Chat',
      destination: '#payments-ci',
      because: 'The owner names this place',
      state: 'waiting',
      reason: '503 Service Unavailable',
    },
    {
      ...common,
      id: `${incidentId}-3`,
      channel: 'slack',
      channelTitle: 'Slack',
      destination: '#payments-ci',
      because: 'group:default/payments owns the entity and names it',
      state: 'preview',
      reason: 'Slack is not connected: ciMedic.slack.botToken is not set',
      preview: slackPreviewOf(),
      actions: (['rerun', 'right', 'wrong', 'mute'] as const).map(kind => ({
        id: `${incidentId}-${kind}`,
        kind,
      })),
      notes: [
        {
          at: incident.lastSeenAt,
          text: 'Failed again: job "build" of "CI" in run 42 on main',
          state: 'sent',
        },
      ],
      presses: [
        {
          at: incident.lastSeenAt,
          kind: 'rerun',
          actor: 'user:default/guest',
          via: 'slack',
          outcome: 'refused',
          message: 'Only owners may do this: group:default/payments',
        },
      ],
    },
  ];
}

/** Who is told in the demo. */
export const demoAlertRoutes: AlertRoutes = {
  scope: 'main',
  because: "The portal's default",
  mainBranches: ['main', 'master', 'trunk'],
  routes: [
    {
      channel: 'notifications',
      channelTitle: 'Backstage notifications',
      destination: 'group:default/payments',
      because: 'group:default/payments owns the entity',
    },
  ],
};
