import { AlertMessage } from '@ci-medic/plugin-ci-medic-node';
import fc from 'fast-check';
import { alertMessageOf } from './__testUtils__/alertMessageOf';
import { blockProblems } from './__testUtils__/blockProblems';
import { escapeText } from './escapeText';
import { feedbackModal, readFeedback } from './feedbackModal';
import {
  messageBlocks,
  messageText,
  noteBlocks,
  noteText,
} from './messageBlocks';

const options = { appUrl: 'https://portal.example', hasButtons: true };

/** What people with a branch, a commit or a log would like to see in a channel. */
const attacks = [
  '<!channel> <!here> <!everyone>',
  '<@U012AB3CD> <#C012AB3CD> <!subteam^S012AB3CD>',
  '<http://evil.example|Approve>',
  'http://evil.example/?x=1 https://evil.example www.evil.example',
  '*bold* _italic_ ~struck~ `code` ```block```',
  '> quoted\n&gt; quoted\n&lt;!channel&gt;',
  ':rotating_light: :+1:',
  '@channel @here #general',
  '<!date^1392734382^Posted {date_num}^https://evil.example|x>',
  'mailto:a@evil.example <mailto:a@evil.example|you>',
  '\u202E\u200B<\u200B!channel>',
  '${7*7} {{7*7}} %s [x](http://evil.example) ![x](http://evil.example/beacon.png)',
];

const hostile = fc.oneof(
  fc.constantFrom(...attacks),
  fc
    .array(fc.oneof(fc.constantFrom(...attacks), fc.string()), { maxLength: 5 })
    .map(parts => parts.join(' ')),
  fc.string({ unit: 'binary', maxLength: 400 }),
);

function messageWith(text: string): AlertMessage {
  return alertMessageOf({
    title: text.slice(0, 200) || 'x',
    summary: text.slice(0, 1_000) || 'x',
    diagnosis: { text: text.slice(0, 200) || 'x', basis: [text] },
    evidence: [text || 'x', text || 'x'],
    suspects: [{ text: text || 'x', reason: text || 'x' }],
    cause: text || 'x',
    next: [text || 'x'],
    actions: [
      {
        ...{ id: 'a1', kind: 'approve' },
        plan: {
          ...{ title: text.slice(0, 100) || 'x', what: text },
          ...{ worstCase: text, approvalsNeeded: 2, approvals: 1 },
        },
      },
    ],
  });
}

/** Everything in blocks that Slack would read markup in, or that names somebody or something. */
function markupOf(value: any): string[] {
  if (Array.isArray(value)) {
    return value.flatMap(markupOf);
  }
  if (value === null || typeof value !== 'object') {
    return [];
  }
  const isMarkup = [
    ...['mrkdwn', 'markdown', 'user', 'usergroup', 'channel', 'broadcast'],
    ...['emoji', 'date', 'image', 'color'],
  ].includes(value.type);
  const isEmoji = value.type === 'plain_text' && value.emoji !== false;
  return [
    ...(isMarkup || isEmoji ? [JSON.stringify(value)] : []),
    ...Object.values(value).flatMap(markupOf),
  ];
}

function linksOf(value: any): string[] {
  if (Array.isArray(value)) {
    return value.flatMap(linksOf);
  }
  if (value === null || typeof value !== 'object') {
    return [];
  }
  return [
    ...(typeof value.url === 'string' ? [value.url] : []),
    ...Object.values(value).flatMap(linksOf),
  ];
}

describe('messageBlocks', () => {
  it('says what broke, what it is, the lines, the suspects and what can be done', () => {
    const blocks = messageBlocks(alertMessageOf(), options);
    expect(blockProblems(blocks)).toEqual([]);
    expect(blocks).toMatchSnapshot();
    expect(messageText(alertMessageOf())).toBe(
      'Open. checkout: No matching version found for left-pad＠9 – 86 % dependency (version not found) – Job "build" of "CI" on main fails since run 41 (24 Nov 2026 10:35 UTC).',
    );
  });

  it('stays within the limits of Slack with the longest message there is', () => {
    const long = (length: number) => 'x'.repeat(length);
    const message = alertMessageOf({
      title: long(200),
      summary: long(1_000),
      diagnosis: { text: long(200), basis: Array(6).fill(long(400)) },
      evidence: Array(8).fill(long(300)),
      suspects: Array(3).fill({ text: long(200), reason: long(400) }),
      cause: long(400),
      next: Array(12).fill(long(400)),
      actions: [
        { id: 'r', kind: 'rerun' },
        {
          ...{ id: 'p', kind: 'approve' },
          plan: {
            ...{ title: long(100), what: long(1_000), worstCase: long(1_000) },
            ...{ approvalsNeeded: 2, approvals: 0 },
          },
        },
      ],
    });
    expect(blockProblems(messageBlocks(message, options))).toEqual([]);
    expect(messageText(message).length).toBeLessThanOrEqual(4_000);
    const bare = alertMessageOf({
      ...{ diagnosis: undefined, evidence: [], suspects: [], next: [] },
      ...{ cause: undefined, runUrl: undefined, actions: [], kind: 'note' },
    });
    expect(blockProblems(messageBlocks(bare, options))).toEqual([]);
  });

  it('A17: lets nobody smuggle in a mention, a link or formatting', () => {
    fc.assert(
      fc.property(hostile, text => {
        const message = messageWith(text);
        const blocks = messageBlocks(message, options);
        expect(markupOf(blocks)).toEqual([]);
        expect(linksOf(blocks).sort()).toEqual(
          [message.runUrl, `${options.appUrl}${message.path}`].sort(),
        );
        const note = noteBlocks([{ text: text || 'x' }], 0);
        expect([...markupOf(note), ...linksOf(note)]).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });

  it('A17: escapes what is read aloud, where Slack reads markup', () => {
    fc.assert(
      fc.property(hostile, text => {
        for (const read of [
          messageText(messageWith(text)),
          noteText([{ text }], 0),
          escapeText(text),
        ]) {
          // Nothing opens a name or a link, and every ampersand is one of ours.
          expect(read).not.toMatch(/[<>*_~`@#|]/);
          expect(read.replace(/&(amp|lt|gt);/g, '')).not.toContain('&');
          expect(read).not.toMatch(/:\/\/|www\.\w|:[\w+-]+:/i);
          expect(read).not.toMatch(/[\p{Cc}\p{Cf}]/u);
        }
      }),
      { numRuns: 500 },
    );
    expect(escapeText('a'.repeat(40_000))).toHaveLength(1_000);
  });

  it('asks with the worst case before somebody agrees to a plan', () => {
    const plan = {
      ...{ title: 'Roll back', what: 'Deploys shop:1' },
      ...{ worstCase: 'Data does not fit', approvalsNeeded: 2, approvals: 1 },
    };
    const message = alertMessageOf({
      actions: [{ id: 'p', kind: 'approve', plan }],
    });
    const actions = messageBlocks(message, options).at(-1) as any;
    expect(actions.elements[0]).toEqual({
      ...{ type: 'button', action_id: 'ci-medic.approve', value: 'p' },
      text: { type: 'plain_text', text: 'Roll back…', emoji: false },
      style: 'danger',
      confirm: {
        title: { type: 'plain_text', text: 'Roll back?', emoji: false },
        text: {
          ...{ type: 'plain_text', emoji: false },
          text: 'Worst case: Data does not fit',
        },
        confirm: { type: 'plain_text', text: 'Roll back', emoji: false },
        deny: { type: 'plain_text', text: 'Cancel', emoji: false },
      },
    });
  });

  it('has no buttons where none would be heard', () => {
    const [actions] = messageBlocks(alertMessageOf(), {
      ...options,
      hasButtons: false,
    }).slice(-1) as any[];
    expect(actions.elements.map((one: any) => one.text.text)).toEqual([
      'Open in Backstage',
    ]);
  });
});

describe('feedbackModal', () => {
  const dialog = { actionId: 'wrongwrong', channel: 'C1' };
  const values = (category: unknown, fixedBy: unknown = null) => ({
    category: { value: { selected_option: { value: category } } },
    fixedBy: { value: { value: fixedBy } },
    comment: { value: { value: null } },
  });
  const view = (state: unknown) => ({
    private_metadata: JSON.stringify(dialog),
    state: { values: state },
  });

  it('asks within the limits of Slack', () => {
    const modal = feedbackModal(dialog);
    expect(blockProblems(modal.blocks, 'modal')).toEqual([]);
    for (const text of [modal.title, modal.submit, modal.close]) {
      expect(text!.text.length).toBeLessThanOrEqual(24);
    }
    expect(modal.private_metadata!.length).toBeLessThanOrEqual(3_000);
  });

  it('reads what was filled in, and nothing that was not offered', () => {
    expect(readFeedback(view(values('code', 'reverted it')))).toEqual({
      ...dialog,
      input: { category: 'code', fixedBy: 'reverted it', comment: undefined },
    });
    expect(readFeedback(view(values('not_an_incident'))).input).toMatchObject({
      notAnIncident: true,
    });
    expect(() => readFeedback(view(values('approve_everything')))).toThrow();
    expect(() => readFeedback(view({}))).toThrow();
  });
});
