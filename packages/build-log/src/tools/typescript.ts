import { shareAll } from './ToolRule';

/** The TypeScript compiler, in its plain and its pretty form. */
export const typescript = shareAll(
  {
    tool: 'typescript',
    kind: 'type-error',
    reason: 'compile_error' as const,
    weight: 82,
  },
  [
    {
      words: ['ts'],
      pattern:
        /(?<file>[^\s(:][^(:]{0,300})[(:](?<sourceLine>\d{1,7})[,:](?<column>\d{1,7})\)?(?:: | - )error (?<rule>TS\d{4,5}): (?<message>.*)/,
    },
    { words: ['ts'], pattern: /\berror (?<rule>TS\d{4,5}): (?<message>.*)/ },
    {
      kind: 'summary',
      weight: 20,
      words: ['errors', 'error'],
      pattern: /^Found \d+ errors?(?: in .*)?\.?$/,
    },
  ],
);
