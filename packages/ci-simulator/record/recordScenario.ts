import { execFileSync } from 'child_process';
import { randomInt } from 'crypto';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'fs';
import { tmpdir } from 'os';
import { dirname, join } from 'path';
import { gzipSync } from 'zlib';
import { numberOf } from './numberOf';
import {
  RecordedRepositoryInput,
  recordedRepositorySchema,
} from '../src/recordings/recordingSchema';
import { runJob } from './runJob';
import { Change, Edit, Scenario, Workflow } from './scenario';

type RecordedRunInput = RecordedRepositoryInput['runs'][number];
type RecordedAttemptInput = RecordedRunInput['attempts'][number];

const OWNER = 'acme-shop';
const DAY_MS = 24 * 3_600_000;

/**
 * Makes a repository, applies the changes one after the other as commits, runs the workflows of each for real, and
 * writes the recording.
 */
export async function recordScenario(options: {
  scenario: Scenario;
  projects: string;
  recordings: string;
  say(text: string): void;
}): Promise<void> {
  const { scenario, projects, say } = options;
  const output = join(options.recordings, OWNER, scenario.name);
  rmSync(output, { recursive: true, force: true });
  mkdirSync(join(output, 'logs'), { recursive: true });
  const folder = mkdtempSync(join(tmpdir(), `record-${scenario.name}-`));
  const origin = join(folder, 'origin');
  cpSync(join(projects, scenario.name), origin, { recursive: true });
  const git = (args: string[], env: Record<string, string> = {}) =>
    execFileSync('git', args, {
      cwd: origin,
      encoding: 'utf8',
      env: { ...process.env, ...env },
    }).trim();
  git(['init', '-q', '-b', 'main']);
  const now = Date.now();
  const repository: RecordedRepositoryInput = {
    owner: OWNER,
    name: scenario.name,
    description: scenario.description,
    defaultBranch: 'main',
    recordedAt: new Date(now).toISOString(),
    workflows: scenario.workflows.map(({ name, path }) => ({
      id: numberOf(OWNER, scenario.name, path),
      ...{ name, path },
    })),
    commits: [],
    runs: [],
  };
  const numbers = new Map<string, number>();
  for (const change of scenario.changes) {
    const at = now - change.daysAgo * DAY_MS;
    const sha = commit(change, at, git, origin, repository);
    for (const workflow of scenario.workflows) {
      if (change.workflows && !change.workflows.includes(workflow.name)) {
        continue;
      }
      const number = (numbers.get(workflow.name) ?? 0) + 1;
      numbers.set(workflow.name, number);
      const id = numberOf(OWNER, scenario.name, workflow.name, number);
      const attempts: RecordedAttemptInput[] = [];
      const temporary = mkdtempSync(join(folder, 'temp-'));
      for (let attempt = 1; attempt <= (change.attempts ?? 1); attempt++) {
        attempts.push(
          await runAttempt({
            ...{ workflow, attempt, origin, sha, folder, temporary, output },
            repository: scenario.name,
            prefix: `${workflow.name.toLowerCase()}-${number}-${attempt}`,
            at: at + 20_000 + (attempt - 1) * 900_000,
          }),
        );
      }
      const last = attempts[attempts.length - 1];
      say(`${scenario.name} ${workflow.name} #${number}: ${last.conclusion}`);
      repository.runs.push({
        ...{ id, number, sha, attempts },
        workflowId: numberOf(OWNER, scenario.name, workflow.path),
        event: change.pullRequest ? 'pull_request' : 'push',
        branch: change.branch ?? 'main',
        actor: loginOf(change.author),
        pullRequests: change.pullRequest
          ? [
              {
                number: change.pullRequest,
                head: { branch: change.branch!, sha },
                base: { branch: 'main', sha: git(['rev-parse', 'main']) },
              },
            ]
          : [],
      });
    }
  }
  const checked = recordedRepositorySchema.parse(repository);
  writeFileSync(
    join(output, 'repository.json'),
    `${JSON.stringify(checked, undefined, 1)}\n`,
  );
  rmSync(folder, { recursive: true, force: true });
}

function commit(
  change: Change,
  at: number,
  git: (args: string[], env?: Record<string, string>) => string,
  origin: string,
  repository: RecordedRepositoryInput,
): string {
  if (repository.commits.length > 0) {
    const branch = change.branch ?? 'main';
    const isKnown = git(['branch', '--list', branch]) !== '';
    git(['checkout', '-q', ...(isKnown ? [] : ['-b']), branch]);
  }
  change.edits.forEach(edit => apply(edit, origin));
  git(['add', '-A']);
  const email = `${loginOf(change.author)}@acme-shop.example`;
  const date = new Date(at).toISOString();
  git(['commit', '-q', '-m', change.message], {
    GIT_AUTHOR_NAME: change.author,
    GIT_AUTHOR_EMAIL: email,
    GIT_AUTHOR_DATE: date,
    GIT_COMMITTER_NAME: change.author,
    GIT_COMMITTER_EMAIL: email,
    GIT_COMMITTER_DATE: date,
  });
  const sha = git(['rev-parse', 'HEAD']);
  const parents = git(['log', '-1', '--format=%P']).split(' ').filter(Boolean);
  const files = git(['show', '--format=', '--numstat', sha])
    .split('\n')
    .filter(Boolean)
    .map(line => line.split('\t'))
    .map(([additions, deletions, path]) => ({
      path,
      status: parents.length === 0 ? ('added' as const) : ('modified' as const),
      additions: Number(additions) || 0,
      deletions: Number(deletions) || 0,
    }));
  repository.commits.push({
    ...{ sha, parents, files, at: date },
    message: change.message,
    author: { name: change.author, email, login: loginOf(change.author) },
  });
  return sha;
}

function apply(edit: Edit, origin: string) {
  const file = join(origin, edit.file);
  if ('content' in edit) {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, edit.content);
    return;
  }
  const text = readFileSync(file, 'utf8');
  if (!text.includes(edit.from)) {
    throw new Error(`${edit.file} does not have: ${edit.from}`);
  }
  writeFileSync(file, text.replace(edit.from, edit.to));
}

async function runAttempt(options: {
  workflow: Workflow;
  attempt: number;
  origin: string;
  sha: string;
  repository: string;
  folder: string;
  temporary: string;
  output: string;
  prefix: string;
  at: number;
}): Promise<RecordedAttemptInput> {
  const { workflow, attempt, origin, sha, output, prefix, at } = options;
  const jobs: RecordedAttemptInput['jobs'] = [];
  const artifacts: RecordedAttemptInput['artifacts'] = [];
  const passed = new Set<string>();
  let end = at;
  for (const job of workflow.jobs) {
    const createdAt = job.needs ? end + 1_000 : at;
    if (job.needs?.some(need => !passed.has(need))) {
      const time = new Date(end).toISOString();
      jobs.push({
        name: job.name,
        conclusion: 'skipped',
        ...{ createdAt: time, startedAt: time, completedAt: time },
      });
      continue;
    }
    const workspace = mkdtempSync(join(options.folder, 'work-'));
    execFileSync('git', ['clone', '-q', origin, workspace]);
    execFileSync('git', ['checkout', '-q', sha], { cwd: workspace });
    const result = await runJob({
      ...{ job, workspace, createdAt },
      repository: options.repository,
      temporary: options.temporary,
      queueMs: randomInt(2_000, 45_000),
      runner: `acme-linux-${randomInt(1, 5)}`,
    });
    const slug = job.name.replace(/[^a-z0-9]+/g, '-');
    const log = `logs/${prefix}-${slug}.txt.gz`;
    writeFileSync(join(output, log), gzipSync(result.log, { level: 9 }));
    jobs.push({ ...result.job, log });
    if (result.report) {
      const files = `artifacts/${prefix}-${slug}`;
      const name = result.report.split('/').pop()!;
      mkdirSync(join(output, files), { recursive: true });
      const text = readFileSync(result.report, 'utf8').replaceAll(
        workspace,
        `/home/runner/work/${options.repository}/${options.repository}`,
      );
      writeFileSync(join(output, files, name), text);
      artifacts.push({ name: job.report!.name, files });
    }
    if (result.job.conclusion === 'success') {
      passed.add(job.name);
    }
    end = Math.max(end, Date.parse(result.job.completedAt));
    rmSync(workspace, { recursive: true, force: true });
  }
  const isFailed = jobs.some(({ conclusion }) => conclusion === 'failure');
  const start = new Date(at).toISOString();
  return {
    attempt,
    conclusion: isFailed ? 'failure' : 'success',
    createdAt: start,
    startedAt: start,
    completedAt: new Date(end).toISOString(),
    ...{ jobs, artifacts },
  };
}

function loginOf(author: string): string {
  return author.toLowerCase().replace(/[^a-z]+/g, '-');
}
