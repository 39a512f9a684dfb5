import { shareAll } from './ToolRule';

/** git, submodules and LFS; checks that a working tree is clean. */
export const git = shareAll(
  {
    tool: 'git',
    kind: 'git-failure',
    reason: 'error_message' as const,
    weight: 78,
  },
  [
    {
      words: ['fatal'],
      pattern: /^fatal: (?<message>(?!.*parent directories).*)/,
    },
    {
      kind: 'conflict',
      words: ['conflict'],
      pattern: /^CONFLICT \((?<rule>[\w/ -]{1,40})\): (?<message>.*)/,
    },
    {
      kind: 'rejected',
      words: ['rejected', 'failed'],
      pattern:
        /^\s?! \[(?:remote )?rejected\] (?<message>.*)|^error: (?:failed to push some refs).*/,
    },
    {
      kind: 'missing-ref',
      words: ['pathspec', 'ref', 'clone', 'apply'],
      pattern:
        /^error: (?<message>pathspec '.{1,200}' did not match.*|could not apply .*|RPC failed.*)|couldn't find remote ref .*/,
    },
    {
      kind: 'dirty',
      weight: 76,
      words: ['dirty', 'uncommitted', 'up'],
      pattern:
        /(?:checkout dirty|[Uu]ncommitted changes|working (?:tree|directory) (?:is )?(?:dirty|not clean)|(?:is|are) not up[- ]to[- ]date\b)/,
    },
  ],
);
