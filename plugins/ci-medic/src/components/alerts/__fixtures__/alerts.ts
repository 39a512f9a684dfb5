import {
  Alert,
  AlertPreview,
  AlertRoutes,
} from '@ci-medic/plugin-ci-medic-common';

/** A message that was sent unless told otherwise. */
export function alertOf(change: Partial<Alert> = {}): Alert {
  return {
    id: 'alert-1',
    channel: 'notifications',
    channelTitle: 'Backstage notifications',
    destination: 'group:default/payments',
    because: 'group:default/payments owns the entity',
    entityRefs: ['component:default/shop'],
    state: 'sent',
    createdAt: '2026-03-03T10:00:00.000Z',
    sentAt: '2026-03-03T10:00:01.000Z',
    turningPoint: 'diagnosed',
    title: 'shop: No matching version found for left-pad@9',
    body: 'Job "build" of "CI" on main fails since run 41.\nnpm error code ETARGET',
    actions: [],
    notes: [],
    presses: [],
    ...change,
  };
}

/** The owners hear of main branches. */
export function alertRoutesOf(change: Partial<AlertRoutes> = {}): AlertRoutes {
  return {
    scope: 'main',
    because: "The portal's default",
    mainBranches: ['main', 'master'],
    routes: [
      {
        channel: 'notifications',
        channelTitle: 'Backstage notifications',
        destination: 'group:default/payments',
        because: 'group:default/payments owns the entity',
      },
      {
        channel: 'slack',
        channelTitle: 'Slack',
        because: 'Neither the entity nor its owner names a channel',
      },
    ],
    ...change,
  };
}

/** What the message looks like in Slack. */
export function slackPreviewOf(): AlertPreview {
  const words = (text: string) => ({ type: 'text', text });
  return {
    format: 'slack',
    blocks: [
      {
        type: 'header',
        text: {
          type: 'plain_text',
          text: 'shop: No matching version found for left-pad@9',
        },
      },
      {
        type: 'rich_text',
        elements: [
          {
            type: 'rich_text_section',
            elements: [
              { ...words('Open. '), style: { bold: true } },
              words('Job "build" of "CI" on main fails since run 41.'),
            ],
          },
        ],
      },
      {
        type: 'rich_text',
        elements: [
          {
            type: 'rich_text_section',
            elements: [
              {
                ...words('86 % dependency (version not found)'),
                style: { bold: true },
              },
              words(
                '\nDecided by a known signature. npm says ETARGET in line 812.',
              ),
            ],
          },
        ],
      },
      {
        type: 'rich_text',
        elements: [
          {
            type: 'rich_text_preformatted',
            elements: [
              words('npm error code ETARGET\nnpm error <!channel> *x* \u202E'),
            ],
          },
        ],
      },
      {
        type: 'rich_text',
        elements: [
          {
            type: 'rich_text_list',
            style: 'ordered',
            elements: [
              {
                type: 'rich_text_section',
                elements: [
                  {
                    type: 'link',
                    url: 'https://github.com/acme/shop/commit/3f2a9c1',
                    text: '71 %: Bump left-pad to 9 (3f2a9c1)',
                  },
                  words(': The only change that touches package.json'),
                ],
              },
              {
                type: 'rich_text_section',
                elements: [
                  {
                    type: 'link',
                    // eslint-disable-next-line no-script-url
                    url: 'javascript:alert(1)',
                    text: '9 %: Move to Node 24 (77aa001)',
                  },
                ],
              },
            ],
          },
        ],
      },
      {
        type: 'context',
        elements: [
          {
            type: 'plain_text',
            text: 'Next: nothing is done before an owner decides.',
          },
        ],
      },
      {
        type: 'actions',
        elements: [
          {
            type: 'button',
            text: { type: 'plain_text', text: 'Right' },
            value: 'right-1',
          },
          {
            type: 'button',
            text: { type: 'plain_text', text: 'Open in Backstage' },
            url: 'https://portal.example/catalog',
          },
        ],
      },
    ],
  };
}
