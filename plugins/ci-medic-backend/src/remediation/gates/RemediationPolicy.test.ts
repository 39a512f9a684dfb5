import { mockServices } from '@backstage/backend-test-utils';
import { resolvePackagePath } from '@backstage/backend-plugin-api';
import { execFileSync } from 'child_process';
import fc from 'fast-check';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { delimiter, join, resolve } from 'path';
import { PolicyInput, RemediationPolicy } from './RemediationPolicy';

jest.setTimeout(60_000);

const root = resolve(
  resolvePackagePath('@ci-medic/plugin-ci-medic-backend'),
  '../..',
);
const sources = join(root, 'examples/policies');
const compiled = join(
  resolvePackagePath('@ci-medic/plugin-ci-medic-backend'),
  'policies/remediation.wasm',
);
const opa = findOpa();
if (!opa) {
  // eslint-disable-next-line no-console
  console.warn(
    'SKIPPED: there is no program opa, so the policy is not compiled and its own tests do not run. Set CI_MEDIC_OPA, or install Go and run npm test.',
  );
}

const failure: PolicyInput = {
  ...{ action: 'rerun', category: 'flaky_test', confidence: 0.9 },
  ...{ transient: 0.7, branch: 'main', event: 'push', pipeline: 'CI' },
  ...{ attempt: 1, hour: 10, weekday: 3, cost: { minutes: 4 } },
  change_freeze: { active: false },
  entity: { ref: 'component:default/shop', kind: 'component', tier: '3' },
};

function policyWith(options: { file?: string; settings?: object } = {}) {
  const { file = compiled, settings = {} } = options;
  return new RemediationPolicy({
    ...{ file, settings, logger: mockServices.logger.mock() },
  });
}

(opa ? describe : describe.skip)('the policy, with the program opa', () => {
  it('is what its source compiles to', () => {
    const built = compile('ci_medic/remediation/decision', 'remediation.rego');
    expect(readFileSync(built).equals(readFileSync(compiled))).toBe(true);
  });

  it('passes its own tests, is strict, and formatted', () => {
    const run = (...args: string[]) =>
      execFileSync(opa!, args, { cwd: sources, encoding: 'utf8' });
    expect(run('test', '.')).toMatch(/^PASS: \d+\/\d+/);
    expect(run('check', '--strict', '.')).toBe('');
    expect(run('fmt', '--list', '.')).toBe('');
  });

  it('R28: is not believed when it answers something else', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'policy-'));
    try {
      for (const answer of [
        '{"allow": true}',
        '{"allow": "yes", "mode": "automatic", "approvals": 0, "reasons": []}',
        '{"allow": true, "mode": "always", "approvals": 0, "reasons": []}',
        '{"allow": true, "mode": "automatic", "approvals": -1, "reasons": []}',
        'true',
      ]) {
        const source = join(folder, 'other.rego');
        writeFileSync(source, `package other\n\ndecision := ${answer}\n`);
        const policy = policyWith({ file: compile('other/decision', source) });
        expect([answer, await policy.decide(failure)]).toEqual([
          answer,
          {
            ...{ allow: false, mode: 'off', approvals: 0 },
            reasons: ['The policy gave no answer that can be understood'],
          },
        ]);
      }
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});

describe('the policy', () => {
  it('reads what may be automatic from its settings', async () => {
    expect(await policyWith().decide(failure)).toMatchObject({
      ...{ allow: true, mode: 'suggest', approvals: 1 },
    });
    const settings = { automatic: { tiers: ['3'] } };
    expect(await policyWith({ settings }).decide(failure)).toEqual({
      ...{ allow: true, mode: 'automatic', approvals: 0 },
      reasons: ['The policy lets it happen without a person'],
    });
  });

  it('R28: never allows what it does not wholly know, whatever it is asked', async () => {
    const policy = policyWith({ settings: { automatic: { tiers: ['3'] } } });
    const actions = [
      'rerun',
      'rollback',
      'canary',
      'format-disk',
      7,
      undefined,
    ];
    await fc.assert(
      fc.asyncProperty(
        fc.record(
          {
            action: fc.constantFrom(...actions),
            category: fc.oneof(
              fc.constantFrom('flaky_test', 'code'),
              fc.anything(),
            ),
            confidence: fc.oneof(fc.double({ min: 0, max: 1 }), fc.anything()),
            hour: fc.oneof(fc.integer({ min: 0, max: 23 }), fc.anything()),
            entity: fc.oneof(fc.constant(failure.entity), fc.anything()),
            change_freeze: fc.oneof(
              fc.constant({ active: false }),
              fc.constant({ active: true, reason: 'x' }),
              fc.anything(),
            ),
            cost: fc.oneof(fc.constant({ minutes: 1 }), fc.anything()),
          },
          { requiredKeys: [] },
        ),
        async asked => {
          const answer = await policy.decide(asked as any);
          const input = jsonOf(asked);
          const isKnown =
            ['rerun', 'rollback', 'canary'].includes(input?.action) &&
            typeof input.category === 'string' &&
            typeof input.confidence === 'number' &&
            typeof input.hour === 'number' &&
            typeof input.entity?.kind === 'string' &&
            typeof input.change_freeze?.active === 'boolean';
          const isSafe =
            answer.mode !== 'automatic' ||
            (answer.allow &&
              input.action === 'rerun' &&
              input.confidence >= 0.8);
          expect([answer.allow && !isKnown, isSafe]).toEqual([false, true]);
        },
      ),
      { numRuns: 10_000 },
    );
  });

  it('R28: what is missing, broken or answers something else means no', async () => {
    for (const file of ['/nowhere.wasm', __filename]) {
      const policy = policyWith({ file });
      expect(await policy.decide(failure)).toMatchObject({
        ...{ allow: false, mode: 'off' },
        reasons: [
          expect.stringContaining('There is no policy that can be asked'),
        ],
      });
      expect((await policy.state()).problem).toBeDefined();
    }
  });
});

const made: string[] = [];
afterAll(() =>
  made.forEach(folder => rmSync(folder, { recursive: true, force: true })),
);

/** Compiles a policy, and says where the result is. */
function compile(entrypoint: string, source: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'policy-'));
  made.push(folder);
  const bundle = join(folder, 'bundle.tar.gz');
  const build = ['build', '-t', 'wasm', '-e', entrypoint, source];
  execFileSync(opa!, [...build, '-o', bundle], { cwd: sources });
  execFileSync('tar', ['-xzf', bundle, '-C', folder, '/policy.wasm'], {
    stdio: 'pipe',
  });
  return join(folder, 'policy.wasm');
}

function findOpa(): string | undefined {
  const folders = [
    join(root, '.toolchain/go/bin'),
    ...(process.env.PATH ?? '').split(delimiter),
  ];
  const candidates = [
    process.env.CI_MEDIC_OPA,
    ...folders.map(folder => join(folder, 'opa')),
  ];
  return candidates.find(candidate => {
    try {
      return (
        candidate && execFileSync(candidate, ['version'], { stdio: 'pipe' })
      );
    } catch {
      return false;
    }
  });
}

/** As it arrives in the policy. */
function jsonOf(value: unknown): any {
  try {
    return JSON.parse(JSON.stringify(value));
  } catch {
    return undefined;
  }
}
