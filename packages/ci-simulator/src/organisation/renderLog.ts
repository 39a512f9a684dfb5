import { Readable } from 'stream';
import { chanceOf, Random } from '../engine/random';
import { Content, Step } from '../world/model';
import { ORGANISATION, ServicePlan } from './blueprint';
import { Fragment } from './FragmentLibrary';
import { ownNames } from './ownNames';

/** A step with what it printed; steps without a fragment print a frame only. */
export type PrintedStep = { step: Step; command: string; fragment?: Fragment };

/** Everything that a job's log is made of. */
export type LogPlan = {
  service: ServicePlan;
  seed: string;
  job: string;
  runner: string;
  image: { name: string; version: string };
  startedAt: number;
  steps: PrintedStep[];
};

const RUNNER_VERSION = '2.329.0';

/** A log that is written anew, and always the same, when somebody reads it. */
export function renderedLog(plan: LogPlan): Content {
  return {
    open: async () => Readable.from([Buffer.from(renderLog(plan))]),
  };
}

/** The text of a job's log as GitHub serves it. */
export function renderLog(plan: LogPlan): string {
  const rename = ownNames(plan.service);
  const lines: string[] = [];
  let clock = plan.startedAt;
  let fraction = 0;
  const say = (at: number, text: string) => {
    const isNew = Math.floor(at) > Math.floor(clock);
    clock = Math.max(clock, at);
    fraction = isNew ? 0 : Math.min(9999, fraction);
    fraction += Math.floor(chanceOf(plan.seed, lines.length) * 20);
    const stamp = new Date(clock).toISOString().slice(0, -1);
    const digits = String(fraction % 10_000);
    lines.push(`${stamp}${digits.padStart(4, '0')}Z ${text}\n`);
  };
  const head = (text: string) => say(clock + 2, text);
  headOf(plan).forEach(head);
  plan.steps.forEach(({ step, command, fragment }, index) => {
    const { startedAt = clock, completedAt = startedAt } = step;
    if (step.conclusion === 'skipped') {
      return;
    }
    if (fragment) {
      const random = Random.create(plan.seed, index);
      const vary = varied(random);
      say(startedAt, `##[group]Run ${command}`);
      if (!command.includes('@v')) {
        head(`\u001b[36;1m${command}\u001b[0m`);
        head('shell: /usr/bin/bash -e {0}');
      }
      head('##[endgroup]');
      const last = fragment.lines.at(-1)?.[0] || 1;
      const stretch = (completedAt - startedAt - 200) / last;
      for (const [offset, text] of shuffled(fragment.lines, random)) {
        say(
          startedAt + 100 + Math.max(0, offset * stretch),
          vary(rename(text)),
        );
      }
      if (fragment.exitCode !== 0) {
        say(
          completedAt,
          `##[error]Process completed with exit code ${fragment.exitCode}.`,
        );
      }
    } else if (command.includes('upload-artifact')) {
      say(startedAt, `##[group]Run ${command}`);
      head('##[endgroup]');
      head('With the provided path, there will be 1 file uploaded');
      head('Artifact test-report has been successfully uploaded!');
    } else if (command.includes('@v')) {
      say(startedAt, `##[group]Run ${command}`);
      head('##[endgroup]');
    }
  });
  head('Cleaning up orphan processes');
  return lines.join('');
}

/** What the runner itself prints first. */
function headOf({ runner, image, job, service }: LogPlan): string[] {
  return [
    `Current runner version: '${RUNNER_VERSION}'`,
    `Runner name: '${runner}'`,
    "Runner group name: 'Default'",
    '##[group]Operating System',
    'Ubuntu',
    '24.04.3',
    'LTS',
    '##[endgroup]',
    '##[group]Runner Image',
    `Image: ${image.name}`,
    `Version: ${image.version}`,
    '##[endgroup]',
    '##[group]GITHUB_TOKEN Permissions',
    'Contents: read',
    'Metadata: read',
    '##[endgroup]',
    'Secret source: Actions',
    'Prepare workflow directory',
    'Prepare all required actions',
    'Getting action download info',
    `Complete job name: ${job}`,
    `Syncing repository: ${ORGANISATION}/${service.name}`,
  ];
}

/** Durations differ each time; so do days and addresses in memory. */
function varied(random: Random): (text: string) => string {
  const number = (text: string) => {
    const digits = text.split('.')[1].length;
    return (Number(text) * random.between(0.8, 1.6)).toFixed(digits);
  };
  return text =>
    text
      .replace(/\b\d{1,6}\.\d{1,6}(?= ?(?:s|ms|sec|seconds)\b)/g, number)
      .replace(/\bin \d{2,6}ms\b/g, () => `in ${random.whole(300, 9000)}ms`)
      .replace(
        /\b0x[0-9a-f]{6,16}\b/g,
        address =>
          `0x${random
            .whole(2 ** 28, 2 ** 31)
            .toString(16)
            .padStart(address.length - 2, '0')
            .slice(0, address.length - 2)}`,
      )
      .replace(
        /\bgo-build\d{6,12}\b/g,
        () => `go-build${random.whole(1e9, 4e9)}`,
      );
}

/** What tools do at the same time comes in any order: `PASS` lines. */
function shuffled(lines: Fragment['lines'], random: Random): Fragment['lines'] {
  const result = [...lines];
  for (let index = 1; index < result.length; index++) {
    const [, before] = result[index - 1];
    const [, text] = result[index];
    if (isPass(before) && isPass(text) && random.isTrue(0.5)) {
      const [at] = result[index - 1];
      result[index - 1] = [at, text];
      result[index] = [result[index][0], before];
    }
  }
  return result;
}

function isPass(line: string): boolean {
  return /^(?:PASS |test .{1,200} ok$)/.test(line);
}
