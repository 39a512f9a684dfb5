// A Slack workspace for the browser tests: the channels and the people of the
// simulated organisation, in an emulator with state.

import { createEmulator } from 'emulate';

const port = Number(process.argv[2]);

const people = [
  ...['amara.nwosu', 'jonas.weber', 'li.na', 'priya.raman', 'tomas.novak'],
  ...['sofia.martins', 'david.cohen', 'yuki.tanaka', 'fatima.zahra'],
  ...['erik.lund', 'marco.bianchi', 'grace.kim', 'noah.smith'],
  ...['ines.dubois', 'samuel.osei', 'hana.kovac'],
];
const channels = [
  ...['ci-alerts', 'team-storefront', 'team-pricing', 'team-payments'],
  ...['team-risk', 'team-delivery', 'team-platform'],
];
const organisation = process.argv[3];
const scopes = [
  ...['chat:write', 'channels:read', 'channels:history', 'groups:read'],
  ...['groups:history', 'users:read', 'users:read.email'],
];

const { url } = await createEmulator({
  service: 'slack',
  port,
  seed: {
    slack: {
      team: { name: organisation, domain: organisation },
      strict_scopes: true,
      users: people.map(name => ({
        name,
        email: `${name}@${organisation}.example`,
      })),
      channels: channels.map(name => ({ name })),
      oauth_apps: [
        {
          ...{ client_id: '1.2', client_secret: 'x', app_id: 'A000MEDIC' },
          ...{ name: 'CI Medic', redirect_uris: [], scopes },
          ...{ bot_id: 'B000MEDIC', bot_user_id: 'U000MEDIC' },
        },
      ],
      tokens: [
        {
          ...{ token: 'xoxb-e2e', type: 'bot', user: 'U000MEDIC', scopes },
          ...{ app_id: 'A000MEDIC', bot_id: 'B000MEDIC' },
          bot_user_id: 'U000MEDIC',
        },
        { token: 'xoxp-e2e', user: 'U000000001', app_id: 'A000MEDIC' },
      ],
    },
  },
});
process.stdout.write(`Slack is up: ${url}\n`);
