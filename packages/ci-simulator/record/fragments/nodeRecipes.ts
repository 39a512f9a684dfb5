import { Recipe } from './recipe';

const packageJson = JSON.stringify(
  {
    name: '@acme/zebra',
    version: '3.2.0',
    private: true,
    scripts: {
      build: 'tsc -p tsconfig.json',
      lint: 'eslint .',
      test: 'jest',
      'test:integration': 'jest --testPathPattern integration',
    },
    jest: { preset: 'ts-jest', reporters: ['default', 'jest-junit'] },
  },
  undefined,
  2,
);
const tsconfig =
  '{"compilerOptions":{"target":"es2022","module":"commonjs","strict":true,"outDir":"dist","types":["node","jest"],"skipLibCheck":true},"include":["src"]}';
const source = `export type Zebra = { id: string; stripes: number; owner?: string };

export function createZebra(id: string, stripes: number): Zebra {
  return { id, stripes };
}

export function totalStripes(zebras: Zebra[]): number {
  return zebras.reduce((sum, zebra) => sum + zebra.stripes, 0);
}

export async function settleZebra(wait: number): Promise<string> {
  await new Promise(resolve => setTimeout(resolve, wait));
  return 'settled';
}
`;
const queue = `export class ZebraQueue {
  readonly items: string[] = [];
  push(item: string) {
    this.items.push(item);
    return this.items.length;
  }
  take() {
    return this.items.shift();
  }
}
`;
const unit = (
  settle: string,
  total = '7',
) => `import { createZebra, settleZebra, totalStripes } from '../src/zebra';

describe('zebra', () => {
  it('creates a zebra with its stripes', () => {
    expect(createZebra('a', 3)).toEqual({ id: 'a', stripes: 3 });
  });
  it('sums the stripes of all zebras', () => {
    expect(totalStripes([createZebra('a', 3), createZebra('b', 4)])).toBe(${total});
  });
  it('has no stripes without zebras', () => {
    expect(totalStripes([])).toBe(0);
  });
  it('settles within the time limit', async () => {
    ${settle}
  });
});
`;
const calm = `await expect(settleZebra(20)).resolves.toBe('settled');`;
const queueTest = (extra = '') => `import { ZebraQueue } from '../src/queue';

describe('ZebraQueue', () => {
  it('gives back what came first', () => {
    const queue = new ZebraQueue();
    queue.push('one');
    queue.push('two');
    expect(queue.take()).toBe('one');
  });
  it('counts what it holds', () => {
    expect(new ZebraQueue().push('x')).toBe(1);
  });
  it('keeps the order of concurrent producers', async () => {
    const queue = new ZebraQueue();
    const produce = async (name: string, wait: number) => {
      await new Promise(resolve => setTimeout(resolve, wait));
      queue.push(name);
    };
    await Promise.all([produce('first', ${
      extra || '1'
    }), produce('second', 15)]);
    expect(queue.items).toEqual(['first', 'second']);
  });
});
`;
const integration = (
  address: string,
  more = '',
) => `import { request } from 'http';
${more}
const ask = (path: string) =>
  new Promise<number>((resolve, reject) => {
    request(\`${address}\${path}\`, answer => resolve(answer.statusCode ?? 0))
      .on('error', reject)
      .end();
  });

describe('zebra service', () => {
  it('is healthy', async () => {
    expect(await ask('/ok/health')).toBe(200);
  });
  it('stores a zebra', async () => {
    expect(await ask('/created/zebras')).toBe(201);
  });
});
`;
const project = {
  'package.json': packageJson,
  'tsconfig.json': tsconfig,
  'src/zebra.ts': source,
  'src/queue.ts': queue,
  'test/zebra.test.ts': unit(calm),
  'test/queue.test.ts': queueTest(),
};
const kit = {
  'package.json':
    '{"name":"@acme/corekit","version":"2.0.0","main":"index.js","types":"index.d.ts"}',
  'index.js': 'exports.connect = () => ({});',
  'index.d.ts':
    'export declare function connect(options: { url: string }): {};',
};
const withKit = Object.fromEntries(
  Object.entries(kit).map(([name, text]) => [`kit/${name}`, text]),
);
const linkKit =
  'mkdir -p node_modules/@acme && cp -r kit node_modules/@acme/corekit';

const node = (
  step: Recipe['step'],
  cause: string,
  shown: string,
  more: Partial<Recipe> & { tool?: string } = {},
): Recipe => ({
  ...{ tool: 'npm', stack: 'node', step, cause, shown },
  ...more,
  files: { ...project, ...more.files },
});
const jest = (
  step: Recipe['step'],
  cause: string,
  files: Record<string, string>,
  more: Partial<Recipe> = {},
) =>
  node(
    step,
    cause,
    step === 'unit' ? 'npm test -- --ci' : 'npm run test:integration',
    {
      tool: 'jest',
      run: `npx jest --ci ${
        step === 'unit' ? 'test/' : '--testPathPattern integration'
      }`,
      report: 'junit.xml',
      files,
      ...more,
    },
  );
const fetchFlags =
  '--fetch-retries=1 --fetch-retry-mintimeout=100 --fetch-retry-maxtimeout=200 --cache=./cache';
const registry = (url: string) =>
  `npm install @acme/corekit@^1.4.0 left-pad@1.3.0 --no-audit --registry=${url} ${fetchFlags}`;
const install = (cause: string, run: string, files?: Record<string, string>) =>
  node('install', cause, 'npm ci', { run, files });

/** npm, tsc, ESLint and Jest. */
export const nodeRecipes: Recipe[] = [
  install(
    'pass',
    'npm install --no-audit --cache=./cache is-odd@3.0.1 zod@3.23.8',
  ),
  install(
    'pass',
    'npm install --no-audit --cache=./cache semver@7.6.3 pino@9.5.0',
  ),
  install('registry-refused', registry('http://localhost:$DEAD_PORT/')),
  install('registry-unavailable', registry('http://localhost:$PORT/503/')),
  install('registry-unavailable', registry('http://localhost:$PORT/502/')),
  install('registry-unavailable', registry('http://localhost:$PORT/reset/')),
  install('network-dns', registry('http://packages.acme.invalid/')),
  install('credential-expired', registry('http://localhost:$PORT/401/')),
  install('credential-expired', registry('http://localhost:$PORT/403/')),
  install(
    'upstream-missing',
    `npm install @acme/corekit@^3.1.0 --registry=http://localhost:$PORT/npm/ ${fetchFlags}`,
  ),
  install(
    'upstream-conflict',
    `npm install --registry=http://localhost:$PORT/npm/ ${fetchFlags}`,
    {
      'package.json':
        '{"name":"@acme/zebra","version":"3.2.0","dependencies":{"@acme/corekit":"^2.0.0","@acme/runtime":"^1.0.0"}}',
    },
  ),
  install('configuration-lockfile', 'npm ci --cache=./cache', {
    'package.json':
      '{"name":"@acme/zebra","version":"3.2.0","dependencies":{"zod":"3.24.1","semver":"7.6.3"}}',
    'package-lock.json':
      '{"name":"@acme/zebra","version":"3.2.0","lockfileVersion":3,"requires":true,"packages":{"":{"name":"@acme/zebra","version":"3.2.0","dependencies":{"zod":"3.23.8"}},"node_modules/zod":{"version":"3.23.8","license":"MIT"}}}',
  }),
  install('configuration-json', 'npm ci --cache=./cache', {
    'package.json':
      '{"name":"@acme/zebra","version":"3.2.0","dependencies":{"zod":"3.24.1",}}',
  }),
  install('image-old', 'npm ci --engine-strict --cache=./cache', {
    'package.json':
      '{"name":"@acme/zebra","version":"3.2.0","engines":{"node":">=26"}}',
    'package-lock.json':
      '{"name":"@acme/zebra","version":"3.2.0","lockfileVersion":3,"packages":{"":{"name":"@acme/zebra","version":"3.2.0","engines":{"node":">=26"}}}}',
  }),
  install(
    'disk-full',
    'npm install --no-audit typescript@5.6.3 zod@3.23.8 --cache=$SMALL_DISK/.npm',
  ),
  install(
    'image-tool-missing',
    'env PATH=/usr/bin/missing /bin/bash -c "yarn install --immutable"',
  ),
  node('lint', 'pass', 'npm run lint', {
    tool: 'eslint',
    run: 'npx tsc --noEmit -p tsconfig.json',
  }),
  node('lint', 'code-lint', 'npm run lint', {
    tool: 'eslint',
    run: 'npx eslint src',
    files: {
      'eslint.config.mjs':
        'import ts from "typescript-eslint"; export default ts.config(...ts.configs.recommended);',
      'src/zebra.ts': `${source}\nexport function describeZebra(zebra: any) {\n  const unused = zebra.id;\n  return zebra.stripes;\n}\n`,
    },
  }),
  node('lint', 'configuration-lint', 'npm run lint', {
    tool: 'eslint',
    run: 'npx eslint src',
    files: {
      'eslint.config.mjs':
        'import ts from "typescript-eslint"; export default [{ plugins: { ts: ts.plugin }, rules: { "ts/no-such-rule": "error" } }];',
    },
  }),
  node('build', 'pass', 'npm run build', { tool: 'tsc', run: 'npm run build' }),
  ...[
    source.replace(
      'return { id, stripes };',
      'return { id, stripes: String(stripes) };',
    ),
    source.replace('sum + zebra.stripes', 'sum + zebra.stripe'),
    `${source}\nexport const first = createZebra('a');\n`,
    `${source}\nexport const owner: string = createZebra('a', 1).owner;\n`,
  ].map(text =>
    node('build', 'code-compile', 'npm run build', {
      tool: 'tsc',
      run: 'npm run build',
      files: { 'src/zebra.ts': text },
    }),
  ),
  ...[
    `import { connectTo } from '@acme/corekit';\nexport const link = connectTo('zebra');\n`,
    `import { connect } from '@acme/corekit';\nexport const link = connect('zebra');\n`,
  ].map(text =>
    node('build', 'upstream-compile', 'npm run build', {
      tool: 'tsc',
      prepare: linkKit,
      run: 'npm run build',
      files: { ...withKit, 'src/link.ts': text },
    }),
  ),
  node('build', 'configuration-compiler', 'npm run build', {
    tool: 'tsc',
    run: 'npm run build',
    files: { 'tsconfig.json': tsconfig.replace('es2022', 'es2052') },
  }),
  node('build', 'out-of-memory', 'npm run build', {
    tool: 'tsc',
    run: 'NODE_OPTIONS=--max-old-space-size=30 npm run build',
  }),
  node('build', 'disk-full', 'npm run build', {
    tool: 'tsc',
    prepare: 'dd if=/dev/zero of=$SMALL_DISK/fill bs=1k 2>/dev/null; true',
    run: 'npx tsc -p tsconfig.json --outDir $SMALL_DISK/dist',
  }),
  jest('unit', 'pass', {}),
  jest('unit', 'pass', {
    'test/more.test.ts': queueTest().replace(
      /ZebraQueue'/,
      "ZebraQueue again'",
    ),
  }),
  jest('unit', 'flaky-timeout', {
    'test/zebra.test.ts': unit(
      `await expect(settleZebra(3000)).resolves.toBe('settled');`,
    ).replace('import {', 'jest.setTimeout(1000);\nimport {'),
  }),
  jest('unit', 'flaky-order', { 'test/queue.test.ts': queueTest('40') }),
  jest('unit', 'flaky-clock', {
    'test/zebra.test.ts': unit(
      `const start = Date.now();\n    await settleZebra(120);\n    expect(Date.now() - start).toBeLessThan(100);`,
    ),
  }),
  jest('unit', 'code-assertion', {
    'src/zebra.ts': source.replace(
      'sum + zebra.stripes',
      'sum - zebra.stripes',
    ),
  }),
  jest('unit', 'code-assertion', {
    'src/queue.ts': queue.replace('shift()', 'pop()'),
  }),
  jest('unit', 'code-exception', {
    'src/zebra.ts': source.replace(
      'return { id, stripes };',
      'if (stripes > 2) {\n    throw new RangeError(`A zebra cannot have ${stripes} stripes`);\n  }\n  return { id, stripes };',
    ),
  }),
  jest(
    'unit',
    'upstream-behaviour',
    {
      ...withKit,
      'src/link.ts': `import * as kit from '@acme/corekit';\nexport const link = (name: string) => (kit as any).createClient({ name });\n`,
      'test/link.test.ts': `import { link } from '../src/link';\n\ndescribe('link', () => {\n  it('connects through the kit', () => {\n    expect(link('zebra')).toBeDefined();\n  });\n});\n`,
    },
    { prepare: linkKit },
  ),
  jest(
    'unit',
    'out-of-memory',
    {
      'test/zebra.test.ts': `it('holds many zebras', () => {\n  const all: unknown[] = [];\n  for (;;) all.push(new Array(100000).fill({ stripes: 1 }));\n});\n`,
    },
    {
      run: 'NODE_OPTIONS=--max-old-space-size=120 npx jest --ci -i test/zebra.test.ts',
    },
  ),
  jest('unit', 'configuration-environment', {
    'test/zebra.test.ts': `const url = process.env.ZEBRA_DATABASE_URL;\nif (!url) {\n  throw new Error('ZEBRA_DATABASE_URL is not set');\n}\n${unit(
      calm,
    )}`,
  }),
  jest('integration', 'pass', {
    'test/service.integration.test.ts': integration('http://localhost:$PORT'),
  }),
  jest('integration', 'dependency-refused', {
    'test/service.integration.test.ts': integration(
      'http://localhost:$DEAD_PORT',
    ),
  }),
  jest('integration', 'network-dns', {
    'test/service.integration.test.ts': integration(
      'http://database.acme.invalid:5432',
    ),
  }),
  jest('integration', 'flaky-timeout', {
    'test/service.integration.test.ts': integration(
      'http://localhost:$PORT',
      'jest.setTimeout(800);',
    ).replace(
      "expect(await ask('/created/zebras')).toBe(201);",
      "const created = ask('/created/zebras');\n    await new Promise(resolve => setTimeout(resolve, 2500));\n    expect(await created).toBe(201);",
    ),
  }),
  jest('integration', 'code-assertion', {
    'test/service.integration.test.ts': integration(
      'http://localhost:$PORT',
    ).replace('toBe(201)', 'toBe(204)'),
  }),
  jest('integration', 'configuration-environment', {
    'test/service.integration.test.ts': integration(
      'http://localhost:$PORT',
      "if (!process.env.ZEBRA_API_KEY) {\n  throw new Error('Missing required environment variable: ZEBRA_API_KEY');\n}",
    ),
  }),
];
