import { chanceOf } from '../engine/random';
import { ORGANISATION, ServicePlan } from './blueprint';
import { Edits } from './GitHistory';
import { workflowFiles } from './workflowFiles';

/** A package that a service is built with. */
export type Package = { name: string; version: string };

const packages: Record<ServicePlan['stack'], string[]> = {
  node: [
    'zod',
    'express',
    'pino',
    'luxon',
    'undici',
    'jest',
    'typescript',
    'eslint',
  ],
  python: ['httpx', 'pydantic', 'structlog', 'attrs', 'pytest', 'mypy', 'idna'],
  go: [
    'github.com/google/uuid',
    'golang.org/x/sync',
    'github.com/go-chi/chi/v5',
    'go.uber.org/zap',
  ],
  java: [
    'org.slf4j:slf4j-api',
    'com.google.guava:guava',
    'junit:junit',
    'com.zaxxer:HikariCP',
  ],
  rust: ['serde', 'tokio', 'itoa', 'thiserror', 'bytes'],
};

/** What a new service is built with. */
export function firstPackages(plan: ServicePlan): Package[] {
  return packages[plan.stack].map(name => ({
    name,
    version: `${1 + Math.floor(4 * chanceOf('major', name))}.${Math.floor(
      20 * chanceOf('minor', name),
    )}.0`,
  }));
}

/** The file that people write, and the file that the package manager writes. */
export function dependencyPaths(stack: ServicePlan['stack']): string[] {
  return {
    node: ['package.json', 'package-lock.json'],
    python: ['pyproject.toml', 'requirements.txt'],
    go: ['go.mod', 'go.sum'],
    java: ['pom.xml'],
    rust: ['Cargo.toml', 'Cargo.lock'],
  }[stack];
}

/** Where the code is that failures of that stack name. */
export function sourcePath({ stack, noun }: ServicePlan): string {
  return {
    node: `src/${noun}.ts`,
    python: `${noun}.py`,
    go: `${noun}.go`,
    java: `src/main/java/com/${ORGANISATION}/${noun}/Herd.java`,
    rust: 'src/lib.rs',
  }[stack];
}

/** Where its tests are. */
export function testPath({ stack, noun }: ServicePlan): string {
  return {
    node: `test/${noun}.test.ts`,
    python: `tests/test_${noun}.py`,
    go: `${noun}_test.go`,
    java: `src/test/java/com/${ORGANISATION}/${noun}/HerdTest.java`,
    rust: 'tests/service.rs',
  }[stack];
}

/** All files of a new repository. */
export function firstFiles(plan: ServicePlan): Edits {
  const { name, description, noun } = plan;
  const comment = plan.stack === 'python' ? '#' : '//';
  const body = (what: string) =>
    Array.from(
      { length: 12 },
      (_, index) => `${comment} ${what} ${noun}: part ${index + 1}\n`,
    ).join('');
  return {
    'README.md': `# ${name}\n\n${description}.\n`,
    Makefile: 'publish:\n\t./scripts/publish\ndeploy:\n\t./scripts/deploy\n',
    'deployment.yaml': `kind: Deployment\nmetadata: { name: ${name} }\n`,
    [sourcePath(plan)]: body('How to handle a'),
    [testPath(plan)]: body('How to test a'),
    ...workflowFiles(plan),
    ...dependencyFiles(plan, firstPackages(plan), undefined),
  };
}

/**
 * The files that say what a service is built with.
 *
 * @param kit - the version of the library it is pinned to; any when missing
 */
export function dependencyFiles(
  plan: ServicePlan,
  all: Package[],
  kit: { range: string; version: string } | undefined,
): Edits {
  const { name, stack } = plan;
  const own = plan.kit
    ? [
        {
          name: kitName(plan),
          ...(kit ?? { range: '^1.4.0', version: '1.4.2' }),
        },
      ]
    : [];
  const listed = [
    ...all.map(each => ({ ...each, range: `^${each.version}` })),
    ...own,
  ];
  const digest = (text: string) =>
    Array.from({ length: 4 }, (_, part) =>
      Math.floor(chanceOf('digest', text, part) * 2 ** 32)
        .toString(16)
        .padStart(8, '0'),
    ).join('');
  const text = (lines: string[]) => `${lines.join('\n')}\n`;
  switch (stack) {
    case 'node':
      return {
        'package.json': `${JSON.stringify(
          {
            ...{ name: `@${ORGANISATION}/${name}`, version: '3.2.0' },
            dependencies: Object.fromEntries(
              listed.map(each => [each.name, each.range]),
            ),
          },
          undefined,
          2,
        )}\n`,
        'package-lock.json': `${JSON.stringify(
          {
            ...{ name: `@${ORGANISATION}/${name}`, version: '3.2.0' },
            lockfileVersion: 3,
            packages: Object.fromEntries(
              listed.map(each => [
                `node_modules/${each.name}`,
                {
                  version: each.version,
                  integrity: `sha512-${digest(each.name + each.version)}`,
                },
              ]),
            ),
          },
          undefined,
          2,
        )}\n`,
      };
    case 'python':
      return {
        'pyproject.toml': text([
          '[project]',
          `name = "${name}"`,
          'version = "3.2.0"',
          'dependencies = [',
          ...listed.map(each => `  "${each.name}>=${each.version}",`),
          ']',
        ]),
        'requirements.txt': text(
          listed.map(
            each =>
              `${each.name}==${each.version} --hash=sha256:${digest(
                each.name + each.version,
              )}`,
          ),
        ),
      };
    case 'go':
      return {
        'go.mod': text([
          `module ${ORGANISATION}.example/${name}`,
          '',
          'go 1.22',
          '',
          'require (',
          ...listed.map(each => `\t${each.name} v${each.version}`),
          ')',
        ]),
        'go.sum': text(
          listed.map(
            each =>
              `${each.name} v${each.version} h1:${digest(
                each.name + each.version,
              )}=`,
          ),
        ),
      };
    case 'java':
      return {
        'pom.xml': text([
          '<project>',
          `  <artifactId>${name}</artifactId>`,
          '  <dependencies>',
          ...listed.map(each => {
            const [group, artifact] = each.name.split(':');
            return `    <dependency><groupId>${group}</groupId><artifactId>${artifact}</artifactId><version>${each.version}</version></dependency>`;
          }),
          '  </dependencies>',
          '</project>',
        ]),
      };
    default:
      return {
        'Cargo.toml': text([
          '[package]',
          `name = "${name}"`,
          'version = "0.9.0"',
          '',
          '[dependencies]',
          ...listed.map(each => `${each.name} = "${each.version}"`),
        ]),
        'Cargo.lock': text([
          'version = 4',
          ...listed.flatMap(each => [
            '',
            '[[package]]',
            `name = "${each.name}"`,
            `version = "${each.version}"`,
            `checksum = "${digest(each.name + each.version)}"`,
          ]),
        ]),
      };
  }
}

/** How a stack calls the library. */
export function kitName({ stack, kit = '' }: ServicePlan): string {
  switch (stack) {
    case 'node':
      return `@${ORGANISATION}/${kit}`;
    case 'python':
      return `${ORGANISATION}-${kit}`;
    default:
      return `${ORGANISATION}.example/${kit}`;
  }
}
