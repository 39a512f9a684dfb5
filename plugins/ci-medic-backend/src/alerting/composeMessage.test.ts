import { Diagnosis, RootCause } from '@ci-medic/plugin-ci-medic-common';
import fc from 'fast-check';
import { AlertedIncident } from './AlertedIncident';
import { composeMessage, composeNote } from './composeMessage';

const at = Date.parse('2026-11-24T10:35:00Z');

function diagnosisOf(change: Partial<Diagnosis> = {}): Diagnosis {
  return {
    ...{ id: 'd1', incidentId: 'i1', category: 'dependency' },
    ...{ subCategory: 'dependency.version_not_found', confidence: 0.864 },
    secondBest: { category: 'configuration', confidence: 0.09 },
    probabilities: {
      ...{ flaky_test: 0.01, dependency: 0.864, infrastructure: 0.02 },
      ...{ configuration: 0.09, code: 0.016, unknown: 0 },
    },
    ...{ transient: 0.04, decidedBy: 'signature' },
    reasons: [
      {
        ...{ source: 'signature', category: 'dependency', weight: 3 },
        text: 'npm says ETARGET in line 812',
      },
      {
        ...{ source: 'history', category: 'code', weight: 1 },
        text: 'It speaks for something else',
      },
    ],
    ...{ wouldSettle: [], missing: [], createdAt: '2026-11-24T10:36:00Z' },
    ...change,
  };
}

function causeOf(change: Partial<RootCause> = {}): RootCause {
  return {
    ...{ incidentId: 'i1', verdict: 'suspect', missing: [] },
    suspects: [
      {
        ...{ id: 's1', kind: 'commit', title: 'Bump left-pad to 9' },
        ...{ probability: 0.71, reasons: ['It touches package.json'] },
        ...{ commitSha: '3f2a9c1d', url: 'https://ci.example/c/3f2a9c1d' },
      },
    ],
    nobody: { flaky: 0.1, infrastructure: 0.1, unlisted: 0.09 },
    sentence: 'Most likely 3f2a9c1 caused it.',
    createdAt: '2026-11-24T10:37:00Z',
    ...change,
  };
}

function incidentOf(change: Partial<AlertedIncident> = {}): AlertedIncident {
  const sighting = {
    ...{ jobId: 'j1', runId: 'r1', attempt: 1, title: 'npm error ETARGET' },
    ...{ job: 'build', pipeline: 'CI', branch: 'main', run: 41, at },
    url: 'https://ci.example/runs/41',
  };
  return {
    ...{ id: 'i1', kind: 'failure', state: 'open', host: 'ci.example' },
    ...{ lastSeenAt: at, turningPoint: 'diagnosed', turnedAt: at, turn: 1 },
    ...{ turnMessage: 'Job "build" failed', branches: ['main'] },
    entityRefs: ['component:default/shop'],
    ...{ first: sighting, latest: sighting, alsoStruck: [] },
    ...{ diagnosis: diagnosisOf(), rootCause: causeOf() },
    ...change,
  };
}

const compose = (change?: Partial<AlertedIncident>, canRerun = true) =>
  composeMessage(incidentOf(change), { evidence: ['npm error'], canRerun });

describe('composeMessage', () => {
  it('says what it is with its number and basis, who is suspected, and what happens next', () => {
    expect(compose()).toEqual({
      ...{ incidentId: 'i1', state: 'open', kind: 'incident' },
      turningPoint: 'diagnosed',
      title: 'shop: npm error ETARGET',
      summary:
        'Job "build" of "CI" on main fails since run 41 (24 Nov 2026 10:35 UTC).',
      diagnosis: {
        text: '86 % dependency (version not found)',
        basis: [
          'Decided by a known signature',
          'npm says ETARGET in line 812',
          'Second best: 9 % configuration',
        ],
      },
      evidence: ['npm error'],
      suspects: [
        {
          text: '71 %: Bump left-pad to 9 (3f2a9c1)',
          reason: 'It touches package.json',
          url: 'https://ci.example/c/3f2a9c1d',
        },
      ],
      cause: 'Most likely 3f2a9c1 caused it.',
      next: [
        'Next: nothing is done before an owner decides; when the same commit is run again, it passes with 4 %.',
      ],
      entityRefs: ['component:default/shop'],
      path: '/catalog/default/component/shop/incidents/i1',
      runUrl: 'https://ci.example/runs/41',
    });
  });

  it('claims no certainty, and says what would settle what is unknown', () => {
    const sure = compose({ diagnosis: diagnosisOf({ confidence: 1 }) });
    expect(sure.diagnosis!.text).toMatch(/^over 99 %/);
    const unknown = compose({
      diagnosis: diagnosisOf({
        ...{ category: 'unknown', confidence: 0.4 },
        wouldSettle: ['Run the failed jobs again.'],
        missing: [{ part: 'model', reason: 'It did not answer' }],
      }),
    });
    expect(unknown.diagnosis).toEqual({
      text: 'Unknown: no kind of failure is likely enough',
      basis: [
        'What would settle it: Run the failed jobs again.',
        'Second best: 9 % configuration',
        'Without model: It did not answer',
      ],
    });
  });

  it.each<[string, Partial<AlertedIncident>, string[]]>([
    [
      'nothing is known yet',
      { diagnosis: undefined },
      ['Next: the diagnosis follows here.'],
    ],
    [
      'something is under way',
      {
        remediation: {
          ...{ id: 'x', action: 'rerun', runId: 'r1', attempt: 1 },
          ...{ state: 'verifying', reason: 'Attempt 2 is running' },
          ...{ requestedBy: 'user:default/ann', updatedAt: at },
        },
      },
      ['Under way: rerun. Attempt 2 is running.'],
    ],
    [
      'it is over',
      {
        state: 'resolved',
        feedback: { verdict: 'not_an_incident', actor: 'user:default/ann' },
      },
      ['user:default/ann says of the diagnosis: not an incident.'],
    ],
    [
      'its cause strikes others',
      {
        state: 'resolved',
        alsoStruck: Array.from({ length: 7 }, (_, n) => `api:default/a${n}`),
      },
      ['The same cause also strikes a0, a1, a2, a3, a4 and 2 more.'],
    ],
  ])('says what happens next when %s', (_, change, next) => {
    expect(compose(change).next).toEqual(next);
  });

  it('tells of figures in the words of who found them, and offers no rerun', () => {
    const anomaly: Partial<AlertedIncident> = {
      ...{ kind: 'anomaly', diagnosis: undefined, rootCause: undefined },
      turnMessage: 'CI on main takes 12 min instead of 8 since run 41',
    };
    expect(compose(anomaly)).toMatchObject({
      subject: 'figure',
      summary:
        'Unusual in "CI" on main since run 41 (24 Nov 2026 10:35 UTC): CI on main takes 12 min instead of 8 since run 41',
      next: ['Next: an owner has to look; nothing is done about figures.'],
    });
    expect(
      compose({ ...anomaly, state: 'resolved', turningPoint: 'resolved' })
        .summary,
    ).toMatch(/^As usual again 24 Nov 2026 10:35 UTC: /);
  });

  it.each([
    ['https://ci.example/runs/41', true],
    ['https://CI.example/runs/41', true],
    ['https://evil.example/runs/41', false],
    ['https://ci.example.evil.example/', false],
    ['https://ci.example@evil.example/', false],
    ['https://user@ci.example/', false],
    // eslint-disable-next-line no-script-url
    ['javascript:alert(1)', false],
    ['//ci.example/', false],
    ['', false],
  ])('links %s: %s', (url, isLinked) => {
    const { latest } = incidentOf();
    const message = compose({
      latest: { ...latest, url },
      rootCause: causeOf({
        suspects: [{ ...causeOf().suspects[0], url }],
      }),
    });
    expect(message.runUrl !== undefined).toBe(isLinked);
    expect(message.suspects[0].url !== undefined).toBe(isLinked);
    expect(composeNote({ ...latest, url }, 'ci.example').url).toBe(
      message.runUrl,
    );
  });

  it('A17: bounds and flattens whatever logs, branches, commits and people say', () => {
    const hostile = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 2_000 }),
      fc.constant(`<!channel>\u202E\u0000\r\n${'x'.repeat(50_000)}`),
    );
    fc.assert(
      fc.property(hostile, text => {
        const { latest } = incidentOf();
        const sighting = {
          ...{
            ...latest,
            title: text,
            job: text,
            pipeline: text,
            branch: text,
          },
        };
        const incident = incidentOf({
          ...{ first: sighting, latest: sighting },
          diagnosis: diagnosisOf({
            reasons: [{ ...diagnosisOf().reasons[0], text }],
            missing: [{ part: text, reason: text }],
          }),
          rootCause: causeOf({
            sentence: text,
            suspects: Array.from({ length: 5 }, () => ({
              ...causeOf().suspects[0],
              ...{ title: text, reasons: [text], url: text },
            })),
          }),
        });
        const evidence = Array.from({ length: 20 }, () => text);
        const message = composeMessage(incident, { evidence, canRerun: true });
        expect(message.evidence.length).toBeLessThanOrEqual(8);
        expect(message.suspects.length).toBeLessThanOrEqual(3);
        const { diagnosis, suspects } = message;
        for (const [said, most] of [
          [message.title, 200],
          [message.summary, 1_000],
          [message.cause!, 400],
          [composeNote(sighting, 'ci.example').text, 400],
          ...message.evidence.map(line => [line, 300]),
          ...message.next.map(line => [line, 400]),
          ...diagnosis!.basis.map(line => [line, 400]),
          ...suspects.flatMap(one => [
            [one.text, 200],
            [one.reason ?? '', 400],
          ]),
        ] as [string, number][]) {
          expect(said.length).toBeLessThanOrEqual(most);
          expect(said).not.toMatch(/[\p{Cc}\p{Cf}\p{Surrogate}\u2028\u2029]/u);
        }
        expect(suspects.every(({ url }) => url === undefined)).toBe(true);
      }),
      { numRuns: 100 },
    );
  });
});
