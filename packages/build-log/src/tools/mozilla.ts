import { shareAll } from './ToolRule';

/** Test harnesses that print `TEST-UNEXPECTED-…` and `PROCESS-CRASH` (mozharness, wpt). */
export const mozilla = shareAll(
  {
    tool: 'mozharness',
    kind: 'test-failure',
    reason: 'test_failure' as const,
    weight: 84,
  },
  [
    {
      words: ['unexpected'],
      pattern:
        /\bTEST-UNEXPECTED-(?<rule>[A-Z_]{2,20}) \| (?<test>[^|]{1,400})(?: \| (?<message>.*))?/,
    },
    {
      kind: 'crash',
      reason: 'exception',
      weight: 88,
      words: ['crash'],
      pattern: /\bPROCESS-CRASH \| (?<message>.*)|\bHit MOZ_CRASH\b.*/,
    },
    {
      kind: 'crash-detail',
      reason: 'exception',
      weight: 58,
      words: ['reason'],
      pattern: /\bCrash reason: {1,4}(?<message>.*)/,
    },
    {
      kind: 'leak',
      weight: 82,
      words: ['leaking'],
      pattern: /(?<message>YOU ARE LEAKING THE WORLD.*)/,
    },
    {
      kind: 'hang',
      weight: 80,
      words: ['hanging'],
      pattern: /(?<message>Process \d+ hanging at shutdown.*)/,
    },
  ],
);
