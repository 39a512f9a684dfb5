import { execFileSync } from 'child_process';
import { createHash } from 'crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { deflateSync } from 'zlib';
import { parseAllDocuments } from 'yaml';
import { Content } from '../world/model';
import { CauseKind } from './causes';
import { Organisation } from './Organisation';
import { writeCatalog } from './writeCatalog';

const until = Date.UTC(2026, 9, 30);
const fragments = join(
  __dirname,
  '../../recordings/fragments/fragments.json.gz',
);
const make = (seed: number, weeks: number) =>
  Organisation.create({ seed, weeks, until, fragments });

async function textOf(content: Content): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of await content.open()) {
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString();
}

async function digest(organisation: Organisation): Promise<string> {
  const hash = createHash('sha256');
  for (const repository of organisation.world.repositories()) {
    const { commits, runs, deployments } = repository;
    hash.update(JSON.stringify([[...commits.keys()], deployments]));
    for (const run of runs) {
      hash.update(JSON.stringify(run));
    }
    for (const { attempts } of runs.slice(-5)) {
      for (const { log } of attempts[0].jobs) {
        hash.update(log ? await textOf(log) : 'none');
      }
    }
  }
  return hash.digest('hex');
}

describe('Organisation', () => {
  const eight = make(3, 8);

  it('has the same history, to the byte, for the same seed', async () => {
    const [one, same, other] = [make(1, 1), make(1, 1), make(2, 1)];
    expect(await digest(same)).toBe(await digest(one));
    expect(await digest(other)).not.toBe(await digest(one));
  });

  it.each<[CauseKind, string | undefined]>([
    ['bad_deployment', 'checkout'],
    ['regression', 'pricing'],
    ['flaky_test', 'notifications'],
    ['disk_full', undefined],
  ])('lets %s happen when asked, and shows it soon', (kind, service) => {
    const organisation = make(4, 1);
    const { timeline, truth } = organisation;
    const cause = organisation.bring({ kind, service });
    expect(truth.causes()).toContain(cause);
    const seen = () =>
      truth
        .jobs()
        .filter(({ causes }) => causes[0] === cause.id)
        .filter(({ conclusion }) => conclusion === 'failure');
    for (let minutes = 0; minutes < 120 && !seen().length; minutes++) {
      timeline.advance(60_000);
    }
    const [first] = seen();
    expect(first.attempt).toBe(1);
    expect(first.repository).toContain(`meridian/${service ?? ''}`);
    expect(() => organisation.bring({ kind, service: 'none' })).toThrow(
      'There is no service none',
    );
  });

  it('fails now and then, as builds do, for every kind of cause', () => {
    const ended = eight.world
      .runs()
      .map(({ run }) => run.attempts[0].conclusion)
      .filter(Boolean);
    const good = ended.filter(conclusion => conclusion === 'success').length;
    expect(ended.length).toBeGreaterThan(2500);
    expect(good / ended.length).toBeGreaterThan(0.8);
    expect(good / ended.length).toBeLessThan(0.94);
    const seen = new Set<CauseKind>();
    for (const seed of [3, 4]) {
      const { truth } = seed === 3 ? eight : make(seed, 8);
      truth
        .jobs()
        .flatMap(({ causes }) => causes)
        .forEach(id => seen.add(truth.cause(id)!.kind));
    }
    expect([...seen].sort()).toEqual([
      'bad_deployment',
      'bad_image',
      'configuration',
      'disk_full',
      'expired_credential',
      'flaky_test',
      'mass_outage',
      'network_outage',
      'out_of_memory',
      'registry_outage',
      'regression',
      'slow_down',
      'upstream_release',
    ]);
  });

  it('knows why every failed job failed', () => {
    for (const { run } of eight.world.runs()) {
      const known = eight.truth.ofRun(run.id);
      for (const { jobs } of run.attempts) {
        for (const { id, conclusion, isCarriedOver } of jobs) {
          const truth = known.find(({ job }) => job === id);
          const isExplained = truth !== undefined || isCarriedOver;
          expect(conclusion !== 'failure' || isExplained).toBe(true);
        }
      }
    }
  });

  it('heals only as its causes allow', () => {
    const { truth, world } = eight;
    let again = 0;
    for (const { run } of world.runs()) {
      for (const [index, attempt] of run.attempts.slice(0, -1).entries()) {
        const failed = truth
          .ofRun(run.id)
          .filter(each => each.attempt === attempt.attempt);
        const lasting = failed.filter(({ causes, conclusion }) => {
          const { kind } = truth.cause(causes[0])!;
          const isLasting = ['regression', 'configuration'].includes(kind);
          return conclusion === 'failure' && isLasting;
        });
        for (const { jobName } of lasting) {
          again++;
          const next = run.attempts[index + 1].jobs.find(
            ({ name }) => name === jobName,
          )!;
          expect(next.conclusion).not.toBe('success');
        }
      }
    }
    const flaky = world
      .runs()
      .filter(({ run }) => run.attempts.length > 1)
      .filter(({ run }) => run.attempts.at(-1)!.conclusion === 'success');
    expect(flaky.length).toBeGreaterThan(20);
    expect(again).toBeGreaterThanOrEqual(0);
  });

  it('prints logs of real tools under the names of the service', async () => {
    const { world, truth } = eight;
    const seen = new Set<string>();
    for (const { run, repository } of world.runs()) {
      for (const { job: id, conclusion, causes } of truth.ofRun(run.id)) {
        const { kind } = truth.cause(causes[0])!;
        if (conclusion !== 'failure' || seen.has(kind)) {
          continue;
        }
        seen.add(kind);
        const text = await textOf(world.job(id)!.job.log!);
        expect(text).toMatch(/##\[error\]Process completed with exit code \d+/);
        expect(text).not.toMatch(/zebra|corekit|acme|127\.0\.0\.1|\/root\b/i);
        expect(text).toContain(`/work/${repository.name}/${repository.name}`);
        const times = text
          .trimEnd()
          .split('\n')
          .map(line => line.slice(0, 28));
        expect(times).toEqual([...times].sort());
      }
    }
    expect(seen.size).toBeGreaterThan(9);
  });

  it('has a history that git accepts', () => {
    const { history, repository } = make(5, 1).services.get('checkout')!;
    const folder = mkdtempSync(join(tmpdir(), 'history-'));
    const git = (...args: string[]) =>
      execFileSync('git', args, { cwd: folder, encoding: 'utf8' });
    git('init', '-q');
    for (const { name, type, content } of history.objects()) {
      const place = join(folder, '.git/objects', name.slice(0, 2));
      mkdirSync(place, { recursive: true });
      const head = Buffer.from(`${type} ${content.length}\0`);
      writeFileSync(
        join(place, name.slice(2)),
        deflateSync(Buffer.concat([head, content])),
      );
    }
    const tip = history.tip('main')!;
    git('update-ref', 'refs/heads/main', tip);
    git('fsck', '--strict');
    const { message } = repository.commits.get(tip)!;
    expect(git('log', '-1', '--format=%s', 'main').trim()).toBe(message);
    expect(git('show', `${tip}:package-lock.json`)).toBe(
      history.text(tip, 'package-lock.json'),
    );
    rmSync(folder, { recursive: true });
  });

  it('is a catalog whose relations lead somewhere', () => {
    const entities = parseAllDocuments(writeCatalog()).map(each => each.toJS());
    const names = (kind: string) =>
      entities
        .filter(each => each.kind === kind)
        .map(each => each.metadata.name);
    expect(names('Component').length).toBeGreaterThanOrEqual(12);
    expect(names('System')).toHaveLength(4);
    const apis = new Set(names('API'));
    const components = new Set(names('Component'));
    for (const { spec } of entities) {
      for (const api of spec.consumesApis ?? []) {
        expect(apis).toContain(api);
      }
      for (const other of spec.dependsOn ?? []) {
        expect(components).toContain(other.split('/')[1]);
      }
      const owner = spec.owner?.split('/')[1] ?? 'platform';
      expect(names('Group')).toContain(owner);
    }
  });
});
