import { shareAll } from './ToolRule';

/** What is done as always, in an order and number that differ from run to run: explains nothing, new or not. */
export const progress = shareAll(
  {
    tool: 'generic',
    kind: 'progress',
    reason: 'end_of_log' as const,
    weight: 0,
  },
  [
    {
      words: [
        'downloading',
        'downloaded',
        'progress',
        'fetching',
        'fetched',
        'unpacking',
        'selecting',
        'receiving',
        'resolving',
        'compressing',
        'counting',
        'extracting',
        'installing',
        'collecting',
        'preparing',
        'compiling',
        'pulling',
        'verifying',
        'waiting',
        'adding',
        'setting',
        'branch',
        'tag',
        'get',
        'hit',
        'ok',
        'up',
      ],
      pattern:
        /^\s{0,8}(?:\[INFO\]\s{1,3})?(?:remote: )?(?:(?:go: )?(?:downloading|Downloading|Downloaded|Progress|Fetching|Fetched|Unpacking|Selecting|Receiving|Resolving|Compressing|Counting|Extracting|Installing|Collecting|Preparing|Compiling|Pulling|Verifying|Waiting|Adding|Setting up|Get:\d+|Hit:\d+)\b[^!]{0,400}$|\* \[new (?:branch|tag)\]|ok\s{1,4}\S+\s)/,
    },
  ],
);
