import { AlertAction, AlertActionKind } from '@ci-medic/plugin-ci-medic-common';
import { AlertMessage, AlertNote } from '@ci-medic/plugin-ci-medic-node';
import type {
  ActionsBlock,
  Button,
  KnownBlock,
  PlainTextElement,
  RichTextBlock,
  RichTextElement,
} from '@slack/types';
import { escapeText } from './escapeText';

/** What Slack's documentation gives as the longest. */
const HEADER_LENGTH = 150;
const CONTEXT_LENGTH = 2_000;
const MOST_CONTEXT_ELEMENTS = 10;

/** Buttons are told apart by these; what they do is known by their value alone. */
export const actionPrefix = 'ci-medic.';

/** A plan brings its own. */
const labels: Record<Exclude<AlertActionKind, 'approve'>, string> = {
  rerun: 'Rerun failed jobs',
  right: 'Right',
  wrong: 'Wrong…',
  mute: 'Mute 24 h',
};

const turns: Record<AlertMessage['turningPoint'], string> = {
  opened: 'Open',
  diagnosed: 'Open',
  acted: 'Open',
  reopened: 'Open again',
  resolved: 'Resolved',
  closed_stale: 'Closed',
};

/**
 * A message as blocks. Text from outside is only ever in `plain_text` and `rich_text`, in which Slack reads no markup.
 */
export function messageBlocks(
  message: AlertMessage,
  options: { appUrl: string; hasButtons: boolean },
): KnownBlock[] {
  const { diagnosis, evidence, suspects, cause, next } = message;
  return [
    { type: 'header', text: plain(message.title, HEADER_LENGTH) },
    rich([
      bold(message.kind === 'note' ? 'Same cause. ' : `${stateOf(message)}. `),
      words(message.summary),
      ...(message.runUrl
        ? [
            words(' '),
            link(message.runUrl, message.subject ? 'Job' : 'Failed job'),
          ]
        : []),
    ]),
    ...(diagnosis
      ? [
          rich([
            bold(diagnosis.text),
            ...(diagnosis.basis.length > 0
              ? [words(`\n${diagnosis.basis.map(ended).join(' ')}`)]
              : []),
          ]),
        ]
      : []),
    ...(evidence.length > 0 ? [quoted(evidence)] : []),
    ...(cause || suspects.length > 0 ? [suspected(message)] : []),
    ...(next.length > 0
      ? [
          {
            type: 'context' as const,
            elements: next
              .slice(0, MOST_CONTEXT_ELEMENTS)
              .map(text => plain(text, CONTEXT_LENGTH)),
          },
        ]
      : []),
    buttons(message, options),
  ];
}

/** What is read aloud and shown where blocks are not, such as in a notification of the phone. */
export function messageText(message: AlertMessage): string {
  const { diagnosis, title, summary } = message;
  return escapeText(
    [`${stateOf(message)}. ${title}`, diagnosis?.text, summary]
      .filter(Boolean)
      .join(' – '),
  );
}

/** What belongs below a message, as blocks. */
export function noteBlocks(notes: AlertNote[], more: number): KnownBlock[] {
  return [
    {
      type: 'rich_text',
      elements: [
        {
          type: 'rich_text_list',
          style: 'bullet',
          elements: notes.map(({ text, url }) => ({
            type: 'rich_text_section',
            elements: url
              ? [words(`${text} `), link(url, 'Failed job')]
              : [words(text)],
          })),
        },
        ...(more > 0
          ? [
              {
                type: 'rich_text_section' as const,
                elements: [words(`and ${more} more`)],
              },
            ]
          : []),
      ],
    },
  ];
}

/** The same as text. */
export function noteText(notes: AlertNote[], more: number): string {
  const texts = notes.map(({ text }) => text);
  return escapeText(
    [...texts, ...(more ? [`and ${more} more`] : [])].join('; '),
  );
}

function stateOf({ turningPoint }: AlertMessage): string {
  return turns[turningPoint];
}

/** The most likely cause and who is suspected of it. */
function suspected({ cause, suspects }: AlertMessage): RichTextBlock {
  return {
    type: 'rich_text',
    elements: [
      ...(cause
        ? [{ type: 'rich_text_section' as const, elements: [words(cause)] }]
        : []),
      ...(suspects.length > 0
        ? [
            {
              type: 'rich_text_list' as const,
              style: 'ordered' as const,
              elements: suspects.map(({ text, reason, url }) => ({
                type: 'rich_text_section' as const,
                elements: [
                  url ? link(url, text) : words(text),
                  ...(reason ? [words(`: ${reason}`)] : []),
                ],
              })),
            },
          ]
        : []),
    ],
  };
}

function quoted(lines: string[]): RichTextBlock {
  return {
    type: 'rich_text',
    elements: [
      {
        type: 'rich_text_preformatted',
        elements: [{ type: 'text', text: lines.join('\n') }],
      },
    ],
  };
}

function buttons(
  { actions, path, incidentId }: AlertMessage,
  { appUrl, hasButtons }: { appUrl: string; hasButtons: boolean },
): ActionsBlock {
  return {
    type: 'actions',
    block_id: `${actionPrefix}actions.${incidentId}`,
    elements: [
      ...(hasButtons ? actions : []).map(
        (action): Button => ({
          type: 'button',
          action_id: `${actionPrefix}${action.kind}`,
          value: action.id,
          ...faceOf(action),
        }),
      ),
      {
        type: 'button',
        action_id: `${actionPrefix}open`,
        text: plain('Open in Backstage', 75),
        url: `${appUrl}${path}`,
      },
    ],
  };
}

/** What a button says, and what it asks before it does something. */
function faceOf({ kind, plan }: AlertAction): Pick<Button, 'text' | 'style'> {
  if (kind === 'approve') {
    const { title = 'Agree', worstCase = 'not known' } = plan ?? {};
    return {
      text: plain(`${title}…`, 75),
      style: 'danger',
      ...asking(`${title}?`, `Worst case: ${worstCase}`, title),
    };
  }
  const text = plain(labels[kind], 75);
  return kind === 'rerun'
    ? {
        ...{ text, style: 'primary' },
        ...asking(
          'Rerun failed jobs?',
          'They can fail again, and what they did before they failed, such as publishing, is done a second time.',
          'Rerun',
        ),
      }
    : { text };
}

function asking(title: string, text: string, yes: string) {
  return {
    confirm: {
      title: plain(title, 100),
      text: plain(text, 300),
      confirm: plain(yes, 30),
      deny: plain('Cancel', 30),
    },
  };
}

function rich(elements: RichTextElement[]): RichTextBlock {
  return {
    type: 'rich_text',
    elements: [{ type: 'rich_text_section', elements }],
  };
}

function words(text: string): RichTextElement {
  return { type: 'text', text };
}

function bold(text: string): RichTextElement {
  return { type: 'text', text, style: { bold: true } };
}

function link(url: string, text: string): RichTextElement {
  return { type: 'link', url, text };
}

function plain(text: string, maxLength: number): PlainTextElement {
  const cut =
    text.length > maxLength ? `${text.slice(0, maxLength - 1)}…` : text;
  return { type: 'plain_text', text: cut, emoji: false };
}

function ended(sentence: string): string {
  return /[.…!?]$/.test(sentence) ? sentence : `${sentence}.`;
}
