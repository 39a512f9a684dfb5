import { CulpritCase, Evidence, Suspect } from '@ci-medic/detection';
import { randomOf } from '../../chaos/random';

/** A failure whose cause is known, and a machine that runs any position again. */
export interface SimulatedFailure {
  case: CulpritCase;
  /** The id of the suspect that did it, `flaky` or `infrastructure`. */
  cause: string;
  rerun: (position: number) => 'pass' | 'fail';
}

interface Draw {
  random: () => number;
  chance: (probability: number) => boolean;
  below: (count: number) => number;
}

function drawOf(seed: number): Draw {
  const random = randomOf(seed);
  return {
    random,
    chance: probability => random() < probability,
    below: count => Math.floor(random() * count),
  };
}

/** Rates of flaky tests: a beta distribution of .34 and 11.5 as fitted to public reruns, of what was seen to fail. */
function flakyRate({ random }: Draw): number {
  return Math.min(0.6, 0.01 + 0.15 * random() ** 3);
}

/** What is seen of a change, depending on whether it did it: logs name files and packages often, not always. */
function evidenceOf(
  kind: Suspect['kind'],
  guilty: boolean,
  { chance, random, below }: Draw,
): Evidence[] {
  const evidence: Evidence[] = [
    {
      name: 'size',
      value: Math.ceil(Math.exp(guilty ? 2 + 4 * random() : 5 * random())),
    },
  ];
  const add = (name: Evidence['name'], ifGuilty: number, else_: number) => {
    if (chance(guilty ? ifGuilty : else_)) {
      evidence.push({ name });
    }
  };
  if (kind === 'commit') {
    add('path_in_log', 0.55, 0.03);
    add('line_in_log', 0.2, 0.003);
    add('same_module', 0.75, 0.15);
    add('harmless_files', 0.01, 0.15);
    add('ci_change', 0.04, 0.03);
    if (chance(0.3)) {
      evidence.push({
        name: 'co_failure',
        value: guilty ? 1 + 6 * random() : 0.5 + random(),
      });
    }
  } else if (kind === 'dependency') {
    add('package_in_log', 0.65, 0.02);
    add('only_change_of_kind', 0.3, 0.3);
  } else {
    add('event_near', 0.8, 0.1);
    evidence.push({
      name: 'repositories_affected',
      value: guilty ? 1 + below(6) : 1,
    });
  }
  return evidence;
}

function drawSuspects(draw: Draw): Suspect[] {
  const { chance, below } = draw;
  const commits = 1 + below(25);
  const suspects: Suspect[] = [];
  for (let position = 1; position <= commits; position++) {
    const add = (kind: Suspect['kind'], id: string) =>
      suspects.push({ id, kind, position });
    add('commit', `commit ${position}`);
    if (chance(0.12)) {
      for (let item = 1 + below(6); item > 0; item--) {
        add('dependency', `dependency ${position}.${item}`);
      }
    }
    if (chance(0.03)) {
      add('event', `event ${position}`);
    }
  }
  return suspects;
}

/**
 * Draws a failure between the last pass and the first failure of a main branch: 40 % flakes, as Google reports of such
 * ranges, 10 % infrastructure, the rest by one of up to 25 commits with their dependencies and events. The failure was
 * tried again once, as CI does.
 */
export function simulateFailure(seed: number): SimulatedFailure {
  const draw = drawOf(seed);
  const { random, chance, below } = draw;
  const suspects = drawSuspects(draw);
  const newest = suspects[suspects.length - 1].position;
  const kind = random();
  const guilty = suspects[below(suspects.length)];
  let cause = guilty.id;
  let failsAt: (position: number) => number = position =>
    position >= guilty.position ? 0.98 : 0.005;
  const rate = flakyRate(draw);
  if (kind < 0.4) {
    cause = 'flaky';
    failsAt = () => rate;
  } else if (kind < 0.5) {
    cause = 'infrastructure';
    failsAt = () => 0.5;
  }
  const rerun = (position: number) =>
    chance(failsAt(position)) ? ('fail' as const) : ('pass' as const);
  const verdicts = 50 + below(250);
  const flips = Array.from({ length: verdicts }, () =>
    chance(cause === 'flaky' ? rate : 0.0005),
  ).filter(Boolean).length;
  const options: CulpritCase = {
    suspects: suspects.map(suspect => ({
      ...suspect,
      evidence: evidenceOf(suspect.kind, suspect.id === cause, draw),
    })),
    observations: [
      { position: 0, outcome: 'pass' },
      { position: newest, outcome: 'fail' },
      { position: newest, outcome: rerun(newest) },
    ],
    flaky: { flips, verdicts },
    infrastructure: {
      evidence: [
        {
          name: 'repositories_affected',
          value: cause === 'infrastructure' ? 1 + below(8) : 1,
        },
      ],
    },
  };
  return { case: options, cause, rerun };
}
