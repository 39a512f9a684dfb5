import { Random } from '../engine/random';
import { Commit } from '../world/model';
import { ORGANISATION, teams } from './blueprint';
import { CauseKind } from './causes';
import { causeOf } from './CausePlan';
import {
  dependencyFiles,
  dependencyPaths,
  sourcePath,
  testPath,
} from './serviceFiles';
import { CommitState, Defect, ServiceState } from './ServiceState';
import { Truth } from './Truth';
import { displayName } from './writeCatalog';

/** Where a defect of a kind can show, as which recording. */
const places: Record<
  'regression' | 'configuration',
  Array<[string, string]>
> = {
  regression: [
    ['build', 'code-compile'],
    ['unit', 'code-assertion'],
    ['unit', 'code-assertion'],
    ['unit', 'code-exception'],
    ['integration', 'code-assertion'],
  ],
  configuration: [
    ['install', 'configuration'],
    ['unit', 'configuration'],
    ['integration', 'configuration'],
    ['package', 'configuration'],
    ['deploy', 'configuration'],
  ],
};
const verbs = [
  'Add',
  'Change',
  'Simplify',
  'Check',
  'Count',
  'Show',
  'Limit',
  'Sort',
  'Keep',
];
const objects = [
  'of each',
  'for new',
  'for large',
  'by owner of the',
  'in exports of the',
  'when there is no',
  'after a retry of the',
  'of the oldest',
];

/** The commit's author for an account of the organisation. */
export function personOf(login: string): Commit['author'] {
  const email = `${login}@${ORGANISATION}.example`;
  return { name: displayName(login), email, login };
}

/** One change of a service, on a branch of its own, with what is wrong in it. */
export function makeChange(options: {
  service: ServiceState;
  truth: Truth;
  now: number;
  base: string;
  branch(slug: string): string;
  nextId(): number;
  /** What is wrong with it; left to chance when missing. */
  kind?: CauseKind;
}): { branch: string; commit: Commit } {
  const { service, truth, now, base } = options;
  const { plan, random, history } = service;
  const isUpdate = !options.kind && random.isTrue(0.14);
  const id = options.nextId();
  const { attribute, noun } = plan;
  const title = `${random.pick(verbs)} ${attribute} ${random.pick(
    objects,
  )} ${noun}`;
  const edits = isUpdate
    ? update(service, random)
    : Object.fromEntries(
        [
          sourcePath(plan),
          ...(random.isTrue(0.7) ? [testPath(plan)] : []),
          ...(random.isTrue(0.1) ? ['README.md'] : []),
        ].map(path => [
          path,
          edited(
            history.text(base, path) ?? '',
            `${title} (${id})`,
            path,
            random,
          ),
        ]),
      );
  const kind = options.kind ?? kindOf(random);
  const defect = kind && defectOf({ service, kind, now, id, random });
  if (defect && defect.path && !(defect.path in edits)) {
    const { path } = defect;
    const line = `${title} (${defect.cause.id})`;
    edits[path] = edited(history.text(base, path) ?? '', line, path, random);
  }
  const branch = options.branch(
    isUpdate
      ? 'renovate/update'
      : title.toLowerCase().split(' ').slice(0, 3).join('-'),
  );
  const commit = history.commit({
    ...{ branch, from: base, at: now, edits },
    author: isUpdate
      ? {
          ...{ name: 'renovate[bot]', login: 'renovate[bot]' },
          email: `renovate@${ORGANISATION}.example`,
        }
      : personOf(random.pick(teams[plan.owner])),
    message: isUpdate ? 'Update dependencies' : title,
  });
  const before = service.stateOf(base);
  const state: CommitState = { ...before, defects: [...before.defects] };
  const isHidden =
    defect &&
    !options.kind &&
    random.isTrue(kind === 'bad_deployment' ? 0 : 0.18);
  if (defect) {
    truth.addCause(defect.cause);
    defect.cause.commit = { repository: service.slug, sha: commit.sha };
    if (defect.cause.kind === 'slow_down') {
      const factor = 1 + defect.cause.rate!;
      const part = defect.step;
      state.slowness = [
        ...state.slowness,
        { part, factor, cause: defect.cause },
      ];
    } else if (isHidden) {
      service.hidden.set(commit.sha, defect);
    } else {
      state.defects.push(defect);
    }
  }
  service.states.set(commit.sha, state);
  return { branch, commit };
}

function kindOf(random: Random): CauseKind | undefined {
  const chance = random.next();
  const kinds: Array<[CauseKind, number]> = [
    ['regression', 0.095],
    ['configuration', 0.03],
    ['bad_deployment', 0.025],
    ['slow_down', 0.012],
  ];
  let sum = 0;
  for (const [kind, probability] of kinds) {
    sum += probability;
    if (chance < sum) {
      return kind;
    }
  }
  return undefined;
}

function defectOf(options: {
  service: ServiceState;
  kind: CauseKind;
  now: number;
  id: number;
  random: Random;
}): Defect {
  const { service, kind, now, id, random } = options;
  const { plan } = service;
  const cause = causeOf(kind, {
    ...{ id: `${kind}-${plan.name}-${id}`, from: now },
    repositories: [service.slug],
    rate: kind === 'slow_down' ? random.between(0.5, 1.2) : undefined,
  });
  if (kind === 'bad_deployment') {
    const step = random.pick(['deploy', 'deploy', 'smoke']);
    const path = sourcePath(plan);
    return {
      cause,
      step,
      fragment: kind.replace('_', '-'),
      job: 'production',
      path,
    };
  }
  if (kind === 'slow_down') {
    const step = random.pick(['build', 'unit', 'integration']);
    return { cause, step, fragment: '', path: sourcePath(plan) };
  }
  const isLibrary = plan.type === 'library';
  const [step, fragment] = random.pick(
    places[kind as 'regression' | 'configuration'].filter(
      ([where]) => !isLibrary || !['package', 'deploy'].includes(where),
    ),
  );
  const path =
    kind === 'regression'
      ? sourcePath(plan)
      : {
          install: dependencyPaths(plan.stack)[0],
          package: 'Makefile',
          deploy: 'deployment.yaml',
        }[step] ?? '.github/workflows/ci.yml';
  return { cause, step, fragment, path };
}

/** New versions of one or two packages. */
function update(service: ServiceState, random: Random) {
  const index = random.whole(0, service.packages.length - 1);
  service.packages = service.packages.map((each, at) => {
    const [major, minor] = each.version.split('.').map(Number);
    return at === index
      ? { ...each, version: `${major}.${minor + random.whole(1, 3)}.0` }
      : each;
  });
  return dependencyFiles(service.plan, service.packages, undefined) as Record<
    string,
    string
  >;
}

/** Another line somewhere, in place of an old one now and then. */
function edited(
  text: string,
  what: string,
  path: string,
  random: Random,
): string {
  const lines = text.replace(/\n$/, '').split('\n');
  const isHash = /\.(?:py|ya?ml|toml|txt)$|Makefile/.test(path);
  if (path.endsWith('.json')) {
    return `${text.replace(/\n$/, '')}\n\n`;
  }
  const line = path.endsWith('.md')
    ? `${what}.`
    : `${isHash ? '#' : '//'} ${what}`;
  const at = random.whole(0, Math.max(0, lines.length - 1));
  lines.splice(at, lines.length > 60 ? 1 : 0, line);
  return `${lines.join('\n')}\n`;
}
