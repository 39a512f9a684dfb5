import { Recipe } from './recipe';

const pom = (
  dependency = '',
  release = '17',
) => `<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>com.acme</groupId>
  <artifactId>zebra</artifactId>
  <version>2.4.0</version>
  <properties>
    <maven.compiler.source>${release}</maven.compiler.source>
    <maven.compiler.target>${release}</maven.compiler.target>
    <project.build.sourceEncoding>UTF-8</project.build.sourceEncoding>
  </properties>
  <dependencies>
    <dependency>
      <groupId>junit</groupId>
      <artifactId>junit</artifactId>
      <version>4.13.2</version>
      <scope>test</scope>
    </dependency>${dependency}
  </dependencies>
</project>
`;
const kitDependency = `
    <dependency>
      <groupId>com.acme</groupId>
      <artifactId>corekit</artifactId>
      <version>2.0.0</version>
    </dependency>`;
const repository = (url: string) =>
  pom(kitDependency).replace(
    '<dependencies>',
    `<repositories><repository><id>acme-packages</id><url>${url}</url></repository></repositories>\n  <dependencies>`,
  );
const source = `package com.acme.zebra;

import java.util.List;

public class Herd {
  public record Zebra(String name, int stripes) {}

  public static int total(List<Zebra> zebras) {
    return zebras.stream().mapToInt(Zebra::stripes).sum();
  }

  public static Zebra widest(List<Zebra> zebras) {
    return zebras.stream().max((a, b) -> a.stripes() - b.stripes()).orElseThrow();
  }
}
`;
const tests = (extra = '') => `package com.acme.zebra;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.util.List;
import org.junit.Test;

public class HerdTest {
  @Test
  public void totalOfNothingIsZero() {
    assertEquals(0, Herd.total(List.of()));
  }

  @Test
  public void totalAddsStripes() {
    assertEquals(7, Herd.total(List.of(new Herd.Zebra("a", 3), new Herd.Zebra("b", 4))));
  }

  @Test
  public void widestHasMostStripes() {
    assertEquals("b", Herd.widest(List.of(new Herd.Zebra("a", 3), new Herd.Zebra("b", 4))).name());
  }
${extra}}
`;
const MAIN = 'src/main/java/com/acme/zebra';
const TEST = 'src/test/java/com/acme/zebra/HerdTest.java';
const project = {
  'pom.xml': pom(),
  [`${MAIN}/Herd.java`]: source,
  [TEST]: tests(),
};
const maven = (
  step: Recipe['step'],
  cause: string,
  goal: string,
  more: Partial<Recipe> = {},
): Recipe => ({
  ...{ tool: 'maven', stack: 'java', step, cause, shown: `mvn -B ${goal}` },
  run: `mvn -B ${goal}`,
  ...(step === 'unit' || step === 'integration'
    ? { report: 'target/surefire-reports/TEST-com.acme.zebra.HerdTest.xml' }
    : {}),
  ...more,
  files: { ...project, ...more.files },
});
const resolve = (cause: string, url: string) =>
  maven('install', cause, 'dependency:resolve', {
    run: 'rm -rf ~/.m2/repository/com/acme; mvn -B dependency:resolve -Dmaven.wagon.http.retryHandler.count=1',
    files: { 'pom.xml': repository(url) },
  });
const test = (
  step: Recipe['step'],
  cause: string,
  extra: string,
  files = {},
  more: Partial<Recipe> = {},
) =>
  maven(step, cause, step === 'unit' ? 'test' : 'verify -Pintegration', {
    run: 'mvn -B test',
    files: { [TEST]: tests(extra), ...files },
    ...more,
  });
const http = (address: string, status: number) => `
  @Test
  public void serviceStoresZebras() throws Exception {
    var connection = (java.net.HttpURLConnection) new java.net.URL("${address}/created/zebras").openConnection();
    assertEquals(${status}, connection.getResponseCode());
  }
`;

/** Maven, javac and Surefire. */
export const javaRecipes: Recipe[] = [
  maven('install', 'pass', 'dependency:resolve'),
  resolve('registry-refused', 'http://localhost:$DEAD_PORT/maven'),
  resolve('registry-unavailable', 'http://localhost:$PORT/503/maven'),
  resolve('network-dns', 'https://packages.acme.invalid/maven'),
  resolve('credential-expired', 'http://localhost:$PORT/401/maven'),
  resolve('credential-expired', 'http://localhost:$PORT/403/maven'),
  resolve('upstream-missing', 'http://localhost:$PORT/404/maven'),
  maven('install', 'configuration-pom', 'dependency:resolve', {
    files: {
      'pom.xml': pom().replace(
        '</version>\n      <scope>',
        '</versions>\n      <scope>',
      ),
    },
  }),
  maven('install', 'image-tool-missing', 'dependency:resolve', {
    run: 'env PATH=/usr/bin/missing /bin/bash -c "mvn -B dependency:resolve"',
  }),
  maven('install', 'image-old', 'dependency:resolve', {
    run: 'mvn -B compile',
    files: { 'pom.xml': pom('', '25') },
  }),
  maven('install', 'disk-full', 'dependency:resolve', {
    run: 'mvn -B dependency:resolve -Dmaven.repo.local=$SMALL_DISK/m2',
  }),
  maven('build', 'pass', 'compile'),
  ...[
    source.replace('Zebra::stripes', 'Zebra::stripe'),
    source.replace('public static int total', 'public static String total'),
    source.replace('.orElseThrow();', ';'),
  ].map(text =>
    maven('build', 'code-compile', 'compile', {
      files: { [`${MAIN}/Herd.java`]: text },
    }),
  ),
  ...[
    'Connection connection = Kit.connect("zebra");',
    'Object client = Kit.newClient("zebra");',
  ].map(use =>
    maven('build', 'upstream-compile', 'compile', {
      files: {
        'src/main/java/com/acme/corekit/Kit.java':
          'package com.acme.corekit;\n\npublic class Kit {\n  public static Object connect(java.net.URI uri) {\n    return uri;\n  }\n}\n',
        [`${MAIN}/Link.java`]: `package com.acme.zebra;\n\nimport com.acme.corekit.Kit;\n\npublic class Link {\n  ${use}\n}\n`,
      },
    }),
  ),
  maven('build', 'out-of-memory', 'compile', {
    env: { MAVEN_OPTS: '-Xmx14m' },
    seconds: 60,
  }),
  maven('build', 'disk-full', 'compile', {
    prepare:
      'dd if=/dev/zero of=$SMALL_DISK/fill bs=1k 2>/dev/null; ln -s $SMALL_DISK target',
  }),
  test('unit', 'pass', ''),
  test(
    'unit',
    'flaky-timeout',
    `
  @Test(timeout = 300)
  public void workerAnswersInTime() throws Exception {
    assertEquals("done", new java.util.concurrent.LinkedBlockingQueue<String>().take());
  }
`,
  ),
  test(
    'unit',
    'flaky-clock',
    `
  @Test
  public void refreshIsQuick() throws Exception {
    long start = System.nanoTime();
    Thread.sleep(140);
    assertTrue("refresh took too long", System.nanoTime() - start < 100_000_000L);
  }
`,
  ),
  test('unit', 'code-assertion', '', {
    [`${MAIN}/Herd.java`]: source.replace('.max(', '.min('),
  }),
  test('unit', 'code-assertion', '', {
    [`${MAIN}/Herd.java`]: source.replace('.sum()', '.sum() + 1'),
  }),
  test('unit', 'code-exception', '', {
    [`${MAIN}/Herd.java`]: source.replace(
      'return zebras.stream().mapToInt',
      'return zebras.get(0).stripes() + zebras.stream().skip(1).mapToInt',
    ),
  }),
  test(
    'unit',
    'upstream-behaviour',
    `
  @Test
  public void linksThroughTheKit() throws Exception {
    Class.forName("com.acme.corekit.Client").getDeclaredConstructor().newInstance();
  }
`,
  ),
  test(
    'unit',
    'out-of-memory',
    `
  @Test
  public void holdsManyZebras() {
    List<long[]> all = new java.util.ArrayList<>();
    while (all.size() < 100_000) {
      all.add(new long[1_000_000]);
    }
    assertTrue(all.isEmpty());
  }
`,
    {},
    { run: 'mvn -B test -DargLine=-Xmx48m' },
  ),
  test(
    'unit',
    'configuration-environment',
    `
  private static final String URL = java.util.Objects.requireNonNull(System.getenv("ZEBRA_DATABASE_URL"), "ZEBRA_DATABASE_URL is not set");
`,
  ),
  test('integration', 'pass', http('http://localhost:$PORT', 201)),
  test(
    'integration',
    'dependency-refused',
    http('http://localhost:$DEAD_PORT', 201),
  ),
  test(
    'integration',
    'network-dns',
    http('http://database.acme.invalid:5432', 201),
  ),
  test('integration', 'code-assertion', http('http://localhost:$PORT', 204)),
  test(
    'integration',
    'flaky-timeout',
    `
  @Test(timeout = 500)
  public void eventArrivesInTime() throws Exception {
    new java.util.concurrent.CountDownLatch(1).await();
  }
`,
  ),
  test(
    'integration',
    'configuration-environment',
    `
  @Test
  public void hasAnApiKey() {
    if (System.getenv("ZEBRA_API_KEY") == null) {
      throw new IllegalStateException("Missing configuration: ZEBRA_API_KEY");
    }
  }
`,
  ),
];
