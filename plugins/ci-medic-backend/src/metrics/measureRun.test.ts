import { ConfigReader } from '@backstage/config';
import { nameOfTest } from '../database';
import { MeasuredAttempt, MeasuredJob } from './MeasuredRun';
import { measureRun } from './measureRun';
import { RunnerPrices } from '../RunnerPrices';

const options = {
  mainBranches: ['main'],
  prices: RunnerPrices.fromConfig(
    new ConfigReader({
      ciMedic: {
        runnerPrices: [
          { label: 'gpu', perMinute: 0.5 },
          { label: '*', perMinute: 0.01 },
        ],
      },
    }),
  ),
};

function attempt(change?: Partial<MeasuredAttempt>): MeasuredAttempt {
  return {
    attempt: 1,
    createdAt: 1_000,
    number: 7,
    pipelineId: 'ci',
    pipelineName: 'CI',
    branch: 'main',
    isFork: false,
    commitSha: 'c0ffee',
    conclusion: 'success',
    durationMs: 600_000,
    queueMs: 5_000,
    ...change,
  };
}

function job(name: string, change?: Partial<MeasuredJob>): MeasuredJob {
  return {
    jobId: `${name}-${change?.attempt ?? 1}`,
    attempt: 1,
    name,
    conclusion: 'success',
    startedAt: 10_000,
    completedAt: 130_000,
    durationMs: 120_000,
    queueMs: 2_000,
    labels: ['linux'],
    logBytes: 1_000,
    ...change,
  };
}

function measure(attempts: MeasuredAttempt[], jobs: MeasuredJob[]) {
  return measureRun(
    { projectId: 'project', runId: 'run', attempts, jobs },
    options,
  );
}

describe('nameOfTest', () => {
  it.each([
    [{ suite: null, class_name: null, name: 'adds' }, 'adds'],
    [{ suite: 'cart', class_name: null, name: 'adds' }, 'cart › adds'],
    [{ suite: 'x', class_name: 'Cart', name: 'adds' }, 'Cart › adds'],
    [{ suite: 'x', class_name: 'Cart adds', name: 'adds' }, 'Cart adds'],
  ])('says where a test is once: %p', (test, name) => {
    expect(nameOfTest(test)).toBe(name);
  });
});

describe('measureRun', () => {
  it('measures the pipeline and each job', () => {
    const [pipeline, build, test] = measure(
      [attempt()],
      [job('build'), job('test', { labels: ['GPU', 'linux'] })],
    );
    expect(pipeline).toMatchObject({
      subject: { kind: 'pipeline', branchClass: 'main' },
      ...{ attempts: 1, duration: 600, queue: 5, failure: 0, flip: 0 },
      ...{ timeout: 0, minutes: 4, logSize: 2_000 },
    });
    expect(pipeline.cost).toBeCloseTo(2 * 0.01 + 2 * 0.5);
    expect(build).toMatchObject({
      subject: { kind: 'job', jobName: 'build', runnerClass: 'linux' },
      ...{ duration: 120, queue: 2, failure: 0, minutes: 2, logSize: 1_000 },
    });
    expect(test.subject.runnerClass).toBe('gpu, linux');
  });

  it('counts a run once: failed at first, passed when run again', () => {
    const [pipeline, test, build] = measure(
      [
        attempt({ conclusion: 'failure' }),
        attempt({ attempt: 2, durationMs: 90_000 }),
      ],
      [
        job('test', { conclusion: 'failure', logBytes: 200 }),
        job('build'),
        // Carried over by the CI system, not run.
        job('build', { attempt: 2 }),
        job('test', { attempt: 2, startedAt: 200_000, completedAt: 320_000 }),
      ],
    );
    expect(pipeline).toMatchObject({ attempts: 2, failure: 1, flip: 1 });
    // The second attempt ran one job only.
    expect(pipeline.duration).toBeUndefined();
    expect(pipeline.minutes).toBe(6);
    expect(build).toMatchObject({ attempts: 1, minutes: 2, flip: 0 });
    expect(test).toMatchObject({
      ...{ attempts: 2, failure: 1, flip: 1, duration: 120, logSize: 1_000 },
    });
  });

  it('does not take for a failure what was cancelled or skipped', () => {
    const [pipeline, ...jobs] = measure(
      [attempt({ conclusion: 'cancelled' })],
      [
        job('build', { conclusion: 'cancelled' }),
        job('deploy', { conclusion: 'skipped' }),
      ],
    );
    expect(pipeline.failure).toBeUndefined();
    expect(pipeline.duration).toBeUndefined();
    expect(jobs).toHaveLength(1);
    expect(jobs[0].failure).toBeUndefined();
  });

  it('keeps forks and other branches apart from main', () => {
    const classOf = (change: Partial<MeasuredAttempt>) =>
      measure([attempt(change)], [])[0].subject.branchClass;
    expect(classOf({ isFork: true })).toBe('other');
    expect(classOf({ branch: 'topic' })).toBe('other');
    expect(classOf({ branch: undefined })).toBe('other');
  });
});
