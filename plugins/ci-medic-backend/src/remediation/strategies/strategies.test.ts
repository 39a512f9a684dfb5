import { ConfigReader } from '@backstage/config';
import { RemediationCase, undiagnosed } from '../RemediationCase';
import { readStrategies } from './readStrategies';
import { quietAt, Strategies } from './Strategies';

const actions = [
  'rerun',
  'fresh-runner',
  'rebuild',
  'rollback',
  'canary',
  'advise',
];

function read(own?: unknown, more: object = {}) {
  const data = {
    remediation: { ...(own ? { strategies: own } : {}), ...more },
  };
  return readStrategies(new ConfigReader({ ciMedic: data } as any), actions);
}

function caseOf(change: Partial<RemediationCase> = {}): RemediationCase {
  return {
    ...{ incidentId: 'i', isOpen: true, causeId: 'i', projectId: 'p' },
    ...{ runId: 'r', attempt: 1, entityRefs: [], diagnosis: undiagnosed },
    run: {
      ...{ attempt: 1, latestAttempt: 1, event: 'push', isFork: false },
      ...{ status: 'completed', conclusion: 'failure', createdAt: 0 },
      pipelineName: 'CI',
    },
    target: {
      project: { provider: 'github', host: 'github.com', slug: 'a/b' },
      ...{ externalId: '1', attempt: 1, branch: 'main', commitSha: 'c' },
      workflow: '.github/workflows/ci.yml',
    },
    failure: {
      ...{ incidentId: 'i', title: '', category: 'unknown', jobs: [] },
      ...{ evidence: [], helped: [] },
    },
    ...change,
  };
}

describe('strategies', () => {
  const facts = { tried: [], occurrences: 1, now: 0 };
  const chosen = (
    subject: RemediationCase,
    change: object = {},
    own?: unknown,
  ) =>
    [
      ...new Strategies({ strategies: read(own) }).candidates(subject, {
        ...{ ...facts, ...change },
      }),
    ].map(({ id }) => id);

  it('are for runs as old as the configuration says', () => {
    const own = [{ id: 'mine', title: 'x', action: 'advise' }];
    const ages = (more?: object) =>
      new Set(read(own, more).map(({ requires }) => requires.maxAgeHours));
    expect(ages().size).toBeGreaterThan(2);
    // Own ones say it themselves.
    expect(ages({ maxAge: { days: 5 } })).toEqual(new Set([undefined, 120]));
    expect(() => read(own, { maxAge: { days: 0 } })).toThrow(
      'ciMedic.remediation.maxAge must be longer than nothing',
    );
  });

  it('come with the project, each with what follows', () => {
    expect(read().map(({ action }) => action)).toEqual(
      expect.arrayContaining(actions),
    );
    expect(chosen(caseOf())).toEqual(['advise']);
    const flaky = { ...undiagnosed, confidence: 0.9, transient: 0.8 };
    expect(
      chosen(caseOf({ diagnosis: { ...flaky, category: 'flaky_test' } })),
    ).toEqual(['rerun-flaky-test', 'advise']);
    const full = {
      ...{ ...flaky, category: 'infrastructure' as const },
      subCategory: 'infrastructure.disk_full',
    };
    expect(chosen(caseOf({ diagnosis: full }))).toEqual([
      ...['leave-a-broken-machine', 'advise', 'rerun-what-passes-by-itself'],
    ]);
  });

  it('are left when they did not help, when what they require is not so, and for what comes next', () => {
    const subject = caseOf({
      diagnosis: {
        ...{ category: 'flaky_test', confidence: 0.9, transient: 0.8 },
      },
    });
    const tried = [{ strategy: 'rerun-flaky-test', state: 'failed' }];
    expect(chosen(subject, { tried })).toEqual(['advise']);
    expect(chosen(subject, { now: 25 * 3_600_000 })).toEqual(['advise']);
    const own = {
      ...{ id: 'mine', title: 'Mine', action: 'rerun' },
      when: { pipelines: ['ci.y?l'], branches: ['release/*', 'main'] },
      ...{ requires: { minOccurrences: 2 }, otherwise: 'rerun-flaky-test' },
    };
    expect(chosen(subject, { occurrences: 2 }, [own])).toEqual([
      ...['mine', 'rerun-flaky-test', 'advise'],
    ]);
    expect(chosen(subject, {}, [own])[0]).toBe('rerun-flaky-test');
    const elsewhere = {
      ...subject,
      target: { ...subject.target, branch: 'x' },
    };
    expect(chosen(elsewhere, { occurrences: 2 }, [own])[0]).toBe(
      'rerun-flaky-test',
    );
  });

  it('wait until a cause that passes by itself is quiet, longer the more it strikes', () => {
    const { requires } = read().find(
      ({ id }) => id === 'rerun-what-passes-by-itself',
    )!;
    expect(requires.quietMinutes).toBe(30);
    const minutes = (runs: number) => quietAt(30, { runs, last: 0 }) / 60_000;
    expect([0, 1, 2, 3, 40].map(minutes)).toEqual([30, 30, 60, 90, 90]);
  });

  it('of one’s own replace shipped ones, or take them out', () => {
    const strategies = read([
      {
        id: 'rerun-flaky-test',
        title: 'Never',
        action: 'rerun',
        enabled: false,
      },
      { id: 'advise', title: 'Ours', action: 'advise' },
    ]);
    expect(strategies.map(({ id }) => id)).not.toContain('rerun-flaky-test');
    expect(strategies[0]).toMatchObject({ title: 'Ours', source: 'own' });
  });

  const base = { id: 'mine', title: 'Mine', action: 'rerun' };
  it.each([
    [{}, 'ciMedic.remediation.strategies must be a list of strategies'],
    [
      [{ ...base, action: 'format-disk' }],
      'the strategy mine wants the action format-disk; there are rerun,',
    ],
    [
      [{ ...base, when: { categories: ['bad_luck'] } }],
      /the strategy mine is wrong: .*when\.categories/,
    ],
    [
      [{ ...base, wehn: {} }],
      'the strategy mine is wrong: Unrecognized key: "wehn"',
    ],
    [[base, base], 'there are two strategies mine'],
    [
      [{ ...base, otherwise: 'nothing' }],
      'the strategy mine goes on with nothing, which does not exist',
    ],
    [
      [
        { ...base, otherwise: 'yours' },
        { ...base, id: 'yours', otherwise: 'mine' },
      ],
      'the strategies mine → yours → mine go in a circle',
    ],
    [[{ title: 'No id', action: 'rerun' }], 'the strategy number 1 is wrong'],
  ])('that are wrong are refused at the start: %j', (own, reason) => {
    expect(() => read(own)).toThrow(reason);
  });
});
