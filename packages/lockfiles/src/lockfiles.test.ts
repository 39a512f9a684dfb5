import fc from 'fast-check';
import { compareLockfiles, readLockfile, recognizeLockfile } from '.';

async function* pieces(text: string, size = 7) {
  const bytes = new TextEncoder().encode(text);
  for (let start = 0; start < bytes.length; start += size) {
    yield bytes.slice(start, start + size);
  }
}

async function versions(path: string, text: string) {
  const { packages } = await readLockfile(path, pieces(text));
  return Object.fromEntries(
    [...packages].map(([name, found]) => [name, [...found].join(' ')]),
  );
}

const files: [string, string, Record<string, string>][] = [
  [
    'app/package-lock.json',
    JSON.stringify({
      lockfileVersion: 3,
      packages: {
        '': { version: '1.0.0' },
        'node_modules/axios': { version: '1.8.0', dependencies: { a: '1' } },
        'node_modules/@s/b/node_modules/axios': { version: '0.27.2' },
        'packages/own': { version: '9.9.9' },
      },
    }),
    { axios: '1.8.0 0.27.2' },
  ],
  [
    'npm-shrinkwrap.json',
    JSON.stringify({
      dependencies: {
        a: { version: '1.0.0', dependencies: { b: { version: '2.0.0' } } },
      },
    }),
    { a: '1.0.0', b: '2.0.0' },
  ],
  [
    'yarn.lock',
    '# yarn lockfile v1\n\n"@s/a@^1.0.0", "@s/a@^1.1.0":\n  version "1.1.2"\n  resolved "x"\n\nb@1:\r\n  version "1.0.0"\n',
    { '@s/a': '1.1.2', b: '1.0.0' },
  ],
  [
    'yarn.lock',
    '__metadata:\n  version: 8\n\n"@s/a@npm:^1.0.0":\n  version: 1.1.2\n  dependencies:\n    b: "npm:^2"\n\n"own@workspace:.":\n  version: 0.0.0-use.local\n',
    { '@s/a': '1.1.2' },
  ],
  [
    'pnpm-lock.yaml',
    "lockfileVersion: '9.0'\nimporters:\n  .:\n    dependencies:\npackages:\n  '@s/a@1.1.2':\n    resolution: {}\n  b@2.0.0(c@1.0.0):\n  /d/3.0.0:\nsnapshots:\n  x@1.0.0:\n",
    { '@s/a': '1.1.2', b: '2.0.0', d: '3.0.0' },
  ],
  [
    'service/pom.xml',
    '<project><properties><v>2.17.1</v></properties><parent><groupId>org.p</groupId><artifactId>parent</artifactId><version>3</version></parent><dependencies><!-- x --><dependency><groupId>org.slf4j</groupId><artifactId>slf4j-api</artifactId><version>${v}</version></dependency><dependency><groupId>g</groupId><artifactId>managed</artifactId></dependency></dependencies></project>',
    { 'org.p:parent': '3', 'org.slf4j:slf4j-api': '2.17.1' },
  ],
  [
    'gradle.lockfile',
    '# comment\ncom.google.guava:guava:33.0.0-jre=compileClasspath,runtimeClasspath\nempty=annotationProcessor\n',
    { 'com.google.guava:guava': '33.0.0-jre' },
  ],
  [
    'app/build.gradle.kts',
    'dependencies {\n  implementation("com.squareup.okhttp3:okhttp:4.12.0")\n}\n',
    { 'com.squareup.okhttp3:okhttp': '4.12.0' },
  ],
  [
    'requirements-dev.txt',
    'Foo_Bar[extra]==1.2.3 ; python_version > "3" --hash=sha256:00\nhttpx>=0.27\n-r other.txt\nattrs == 24.1.0  # why\n',
    { 'foo-bar': '1.2.3', attrs: '24.1.0' },
  ],
  [
    'poetry.lock',
    '[[package]]\nname = "httpx"\nversion = "0.27.0"\n\n[package.dependencies]\nversion = "1"\n\n[metadata]\nname = "x"\n',
    { httpx: '0.27.0' },
  ],
  [
    'go.mod',
    'module acme.example/shop\n\ngo 1.22\n\nrequire go.uber.org/zap v1.27.0\nrequire (\n\tgolang.org/x/sync v0.8.0 // indirect\n)\nreplace (\n\ta.example/b v1.0.0 => ../b\n)\n',
    { 'go.uber.org/zap': '1.27.0', 'golang.org/x/sync': '0.8.0' },
  ],
  [
    'Cargo.lock',
    'version = 4\n\n[[package]]\nname = "serde"\nversion = "1.0.210"\nchecksum = "00"\n',
    { serde: '1.0.210' },
  ],
];

describe('readLockfile', () => {
  it.each(files)('reads %s in any pieces', async (path, text, expected) => {
    expect(await versions(path, text)).toEqual(expected);
    const whole = await readLockfile(path, pieces(text, text.length + 1));
    expect(whole.packages.size).toBe(Object.keys(expected).length);
  });

  it('reads 50 MB without holding them, and refuses more than it may', async () => {
    const line = (index: number) =>
      `"node_modules/p${
        index % 1_000
      }/node_modules/q": {"version": "1.0.0", "integrity": "${'x'.repeat(
        10_000,
      )}"}`;
    async function* large() {
      yield '{"packages": {';
      for (let index = 0; index < 5_000; index++) {
        yield `${index ? ',' : ''}${line(index)}`;
      }
      yield ',"node_modules/axios": {"version": "1.8.0"}}}';
    }
    const { packages } = await readLockfile('package-lock.json', large());
    expect([...packages.keys()]).toEqual(['q', 'axios']);
    await expect(
      readLockfile('package-lock.json', large(), { mostBytes: 1_000_000 }),
    ).rejects.toThrow('package-lock.json is larger than 1000000 bytes');
  });

  it('says what is wrong with a broken one', async () => {
    for (const text of ['{"packages": {', '<<<<<<< HEAD\n{}', '']) {
      await expect(
        readLockfile('package-lock.json', pieces(text)),
      ).rejects.toThrow(/^package-lock.json is broken: /);
    }
    await expect(
      readLockfile('pom.xml', pieces('<project><dependencies>')),
    ).rejects.toThrow(/^pom.xml is broken: /);
    await expect(readLockfile('a.ts', pieces(''))).rejects.toThrow(
      'a.ts is not a lockfile that is known',
    );
  });

  it('either reads any text or says that it is broken', async () => {
    const paths = files.map(([path]) => path);
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...paths),
        fc.string({ unit: 'binary', maxLength: 300 }),
        async (path, text) => {
          const outcome = await readLockfile(path, pieces(text)).then(
            () => 'read',
            error => error.name,
          );
          expect(['read', 'LockfileError']).toContain(outcome);
        },
      ),
      { numRuns: 300 },
    );
  });
});

describe('compareLockfiles', () => {
  it('names what changed, came and went', async () => {
    const read = (text: string) =>
      readLockfile('requirements.txt', pieces(text));
    const before = await read('a==1\nb==1\nc==1\n');
    const after = await read('a==2\nb==1\nd==1\n');
    expect(compareLockfiles(before, after)).toEqual([
      { ecosystem: 'pip', name: 'a', from: '1', to: '2' },
      { ecosystem: 'pip', name: 'c', from: '1' },
      { ecosystem: 'pip', name: 'd', to: '1' },
    ]);
    expect(compareLockfiles(undefined, before)).toHaveLength(3);
  });

  it('knows lockfiles by their names', () => {
    expect(recognizeLockfile('a/b/Cargo.lock')).toBe('cargo');
    expect(recognizeLockfile('package.json')).toBeUndefined();
  });
});
