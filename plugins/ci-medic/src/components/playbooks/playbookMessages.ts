/**
 * English texts of the Playbooks tab; part of the plugin's translation ref, under `playbooks`.
 */
export const playbookMessages = {
  needed_one: '{{count}} failed job',
  needed_other: '{{count}} failed jobs',
  basis_one:
    'in {{count}} incident within {{days}} days; first {{first}}, last {{last}}',
  basis_other:
    'in {{count}} incidents within {{days}} days; first {{first}}, last {{last}}',
  symptom: 'Symptom',
  steps: 'What to do',
  remedies: 'Remedies tried',
  worked:
    'worked {{succeeded}} of {{n}} times ({{value}}, 95% interval {{low}} to {{high}})',
  apply: 'Apply',
  fixedBy: 'Said to have fixed it: {{text}}',
  causes: 'What caused it',
  unusual: 'What was unusual with it',
  unusualIn_one: '{{count}} incident',
  unusualIn_other: '{{count}} incidents',
  times_one: '{{count}} time',
  times_other: '{{count}} times',
  struck: 'Services struck',
  struckBy: '{{times}} failed jobs, last {{last}}',
  ownedBy: 'owned by {{owner}}',
  others_one: 'and {{count}} service that you do not see',
  others_other: 'and {{count}} services that you do not see',
  incidents: 'Latest incidents',
  notes: 'Notes',
  notesNone: 'Nobody has written anything yet.',
  notesBy: 'by {{who}}, {{time}}',
  edit: 'Edit notes',
  editLabel: 'Notes, in Markdown',
  editHint: 'What is generated never touches these notes.',
  save: 'Save',
  cancel: 'Cancel',
  versions: 'Versions',
  version: 'Version {{version}}',
  difference: 'What changed',
  docs: 'In the documentation',
  none: {
    title: 'No playbooks yet',
    reason:
      'A failure that comes again and again gets a page with what is known of it: what helped, what caused it, whom it struck.',
  },
  more: 'Playbook: {{title}}',
  back: 'All playbooks',
} as const;
