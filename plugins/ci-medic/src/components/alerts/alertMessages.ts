/**
 * English texts of who is told of an incident; part of the plugin's translation ref, under `alerts`.
 */
export const alertMessages = {
  title: 'Who was told',
  none: 'Nobody was told of this incident',
  noneReason:
    'Owners are told when an incident opens where they want to hear of it.',
  state: {
    waiting: 'Waiting to be sent',
    sent: 'Sent',
    failed: 'Not sent',
    preview: 'Preview only',
  },
  to: '{{channel}} to {{destination}}',
  reason: 'Last answer: {{reason}}',
  preview: 'Message',
  muted: 'Nothing new is told here until {{until}}, as {{who}} wants it.',
  rules: 'Who is told of incidents of this entity, and why',
  rulesLink: 'Who would be told, and why',
  scope: {
    all: 'Owners are told of incidents on all branches.',
    main: 'Owners are told of incidents on these branches only: {{branches}}.',
    none: 'Owners are told of no incidents.',
  },
  what: 'There is one message for each cause. It is changed in place when the incident is diagnosed, when something is done about it, when it is resolved and when it comes back; where a channel has threads, each further failure is added there.',
  nowhere: '{{channel}}: nobody',
  noChannels: 'No channel is configured.',
  button: {
    rerun: 'Rerun failed jobs',
    approve: 'Agree',
    right: 'Right',
    wrong: 'Wrong…',
    mute: 'Mute 24 h',
  },
  cancel: 'Cancel',
  outcome: { done: 'Done', refused: 'Nothing was done' },
  pressed: { done: 'done', refused: 'refused' },
  rerun: {
    title: 'Rerun failed jobs?',
    text: 'The failed jobs of the latest run are run again. They can fail again, and what they did before they failed, such as publishing, is done a second time.',
  },
  plan: {
    button: '{{title}}…',
    title: '{{title}}?',
    worstCase: 'Worst case: {{text}}',
    approvals:
      '{{approvals}} of {{approvalsNeeded}} people have agreed so far.',
  },
  wrong: {
    title: 'The diagnosis is wrong',
    category: 'What is it?',
    fixedBy: 'What fixed it?',
    comment: 'Anything else?',
    optional: 'Optional',
    send: 'Send',
  },
  category: {
    flaky_test: 'Flaky test',
    dependency: 'Dependency',
    infrastructure: 'Infrastructure',
    configuration: 'Configuration',
    code: 'Code',
    unknown: 'Nobody can tell',
    not_an_incident: 'Not an incident at all',
  },
  notes_one: '{{count}} addition below it',
  notes_other: '{{count}} additions below it',
  noteState: { waiting: 'waiting', sent: 'sent', muted: 'muted' },
  presses_one: '{{count}} button pressed',
  presses_other: '{{count}} buttons pressed',
  press: '"{{button}}" by {{who}} in {{via}}, {{outcome}}:',
  nobody: 'somebody unknown',
} as const;
