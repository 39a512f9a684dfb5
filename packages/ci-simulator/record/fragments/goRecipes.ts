import { Recipe } from './recipe';

const source = `package zebra

import "sync"

type Zebra struct {
	Name    string
	Stripes int
}

type Herd struct {
	mu     sync.Mutex
	zebras []Zebra
}

func (h *Herd) Add(z Zebra) int {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.zebras = append(h.zebras, z)
	return len(h.zebras)
}

func Total(zebras []Zebra) int {
	sum := 0
	for _, z := range zebras {
		sum += z.Stripes
	}
	return sum
}
`;
const tests = (extra = '', imports = '') => `package zebra

import (
	"testing"${imports}
)

func TestTotalOfNothing(t *testing.T) {
	if got := Total(nil); got != 0 {
		t.Errorf("Total(nil) = %d, want 0", got)
	}
}

func TestTotalAddsStripes(t *testing.T) {
	got := Total([]Zebra{{"a", 3}, {"b", 4}})
	if got != 7 {
		t.Errorf("Total() = %d, want 7", got)
	}
}

func TestHerdCounts(t *testing.T) {
	herd := &Herd{}
	for want := 1; want < 4; want++ {
		if got := herd.Add(Zebra{}); got != want {
			t.Fatalf("Add() = %d, want %d", got, want)
		}
	}
}
${extra}`;
const project = {
  'go.mod': 'module acme.example/zebra\n\ngo 1.22\n',
  'zebra.go': source,
  'zebra_test.go': tests(),
  'cmd/zebra/main.go':
    'package main\n\nimport (\n\t"fmt"\n\n\t"acme.example/zebra"\n)\n\nfunc main() {\n\tfmt.Println(zebra.Total(nil))\n}\n',
};
const go = (
  step: Recipe['step'],
  cause: string,
  shown: string,
  more: Partial<Recipe> = {},
): Recipe => ({
  ...{ tool: 'go', stack: 'go', step, cause, shown },
  ...more,
  files: { ...project, ...more.files },
});
const withKit = (line = 'acme.example/corekit v1.4.2') => ({
  'go.mod': `module acme.example/zebra\n\ngo 1.22\n\nrequire ${line}\n`,
  'link.go':
    'package zebra\n\nimport "acme.example/corekit"\n\nvar Link = corekit.Connect("zebra")\n',
});
const download = (cause: string, proxy: string) =>
  go('install', cause, 'go mod download', {
    run: 'go mod download -x',
    env: {
      GOPROXY: proxy,
      GOFLAGS: '-mod=mod',
      GONOSUMDB: '*',
      GOMODCACHE: '$EMPTY/mod',
    },
    files: withKit(),
  });
const replaced = (kit: string, link: string) => ({
  'go.mod':
    'module acme.example/zebra\n\ngo 1.22\n\nrequire acme.example/corekit v1.5.0\n\nreplace acme.example/corekit => ./corekit\n',
  'corekit/go.mod': 'module acme.example/corekit\n\ngo 1.22\n',
  'corekit/corekit.go': kit,
  'link.go': link,
});
const kit =
  'package corekit\n\ntype Options struct{ URL string }\n\nfunc Connect(o Options) string {\n\tif o.URL == "" {\n\t\tpanic("corekit: no URL given")\n\t}\n\treturn o.URL\n}\n';
const test = (
  step: Recipe['step'],
  cause: string,
  files: Record<string, string>,
  more: Partial<Recipe> = {},
) =>
  go(
    step,
    cause,
    step === 'unit' ? 'go test ./...' : 'go test -tags integration ./...',
    {
      run: 'go test -count=1 -v ./...',
      files,
      ...more,
    },
  );
const integration = (address: string) =>
  tests(
    `
func TestServiceIsHealthy(t *testing.T) {
	answer, err := http.Get("${address}/ok/health")
	if err != nil {
		t.Fatalf("zebra service: %v", err)
	}
	if answer.StatusCode != 200 {
		t.Errorf("status %d, want 200", answer.StatusCode)
	}
}

func TestStoresZebra(t *testing.T) {
	answer, err := http.Post("${address}/created/zebras", "application/json", nil)
	if err != nil {
		t.Fatalf("zebra service: %v", err)
	}
	if answer.StatusCode != 201 {
		t.Errorf("status %d, want 201", answer.StatusCode)
	}
}
`,
    '\n\t"net/http"',
  );

/** The go command. */
export const goRecipes: Recipe[] = [
  go('install', 'pass', 'go mod download', {
    run: 'go mod download -x',
    env: { GOMODCACHE: '$EMPTY/mod', GOFLAGS: '-modcacherw' },
    files: {
      'go.mod':
        'module acme.example/zebra\n\ngo 1.22\n\nrequire (\n\tgithub.com/google/uuid v1.6.0\n\tgolang.org/x/sync v0.10.0\n)\n',
    },
  }),
  download('registry-refused', 'http://localhost:$DEAD_PORT'),
  download('registry-unavailable', 'http://localhost:$PORT/503'),
  download('registry-unavailable', 'http://localhost:$PORT/reset'),
  download('network-dns', 'http://packages.acme.invalid'),
  download('credential-expired', 'http://localhost:$PORT/401'),
  download('credential-expired', 'http://localhost:$PORT/403'),
  download('upstream-missing', 'http://localhost:$PORT/404'),
  go('install', 'configuration-lockfile', 'go mod download', {
    run: 'go build -mod=readonly ./...',
    env: { GOFLAGS: '' },
    files: {
      'go.mod':
        'module acme.example/zebra\n\ngo 1.22\n\nrequire golang.org/x/sync v0.10.0\n',
      'link.go':
        'package zebra\n\nimport "golang.org/x/sync/errgroup"\n\nvar Group errgroup.Group\n',
    },
  }),
  go('install', 'configuration-module', 'go mod download', {
    files: {
      'go.mod':
        'module acme.example/zebra\n\ngo 1.22\n\nrequires golang.org/x/sync v0.10.0\n',
    },
  }),
  go('install', 'image-old', 'go mod download', {
    env: { GOTOOLCHAIN: 'local' },
    files: { 'go.mod': 'module acme.example/zebra\n\ngo 1.29\n' },
  }),
  go('install', 'image-tool-missing', 'go mod download', {
    run: 'env PATH=/usr/bin/missing /bin/bash -c "go mod download"',
  }),
  go('install', 'disk-full', 'go mod download', {
    run: 'go mod download',
    env: { GOMODCACHE: '$SMALL_DISK/mod', GOFLAGS: '-modcacherw' },
    files: {
      'go.mod':
        'module acme.example/zebra\n\ngo 1.22\n\nrequire (\n\tgolang.org/x/text v0.21.0\n\tgithub.com/google/uuid v1.6.0\n)\n',
    },
  }),
  go('build', 'pass', 'go build -v ./...', {
    env: { GOCACHE: '$EMPTY/gocache1' },
  }),
  go('build', 'code-compile', 'go build ./...', {
    files: {
      'zebra.go': source.replace('sum += z.Stripes', 'sum += z.Stripe'),
    },
  }),
  go('build', 'code-compile', 'go build ./...', {
    files: { 'zebra.go': source.replace('return sum', 'return "sum"') },
  }),
  go('build', 'code-compile', 'go build ./...', {
    files: {
      'zebra.go': source.replace(
        'sum := 0',
        'sum := 0\n\tcount := len(zebras)',
      ),
    },
  }),
  go('build', 'upstream-compile', 'go build ./...', {
    files: replaced(
      kit,
      'package zebra\n\nimport "acme.example/corekit"\n\nvar Link = corekit.Connect("zebra")\n',
    ),
  }),
  go('build', 'upstream-compile', 'go build ./...', {
    files: replaced(
      kit,
      'package zebra\n\nimport "acme.example/corekit"\n\nvar Link = corekit.NewClient("zebra", 3)\n',
    ),
  }),
  go('build', 'disk-full', 'go build ./...', {
    env: { GOCACHE: '$SMALL_DISK/gocache', GOTMPDIR: '$SMALL_DISK' },
  }),
  go('build', 'out-of-memory', 'go build ./...', {
    run: 'ulimit -v 620000; go build -a ./...',
    env: { GOCACHE: '$EMPTY/gocache2' },
    seconds: 60,
  }),
  test('unit', 'pass', {}),
  test('unit', 'pass', {}, { run: 'go test -count=1 -race -v ./...' }),
  test('unit', 'flaky-timeout', {
    'zebra_test.go': tests(
      '\nfunc TestWorkerAnswersInTime(t *testing.T) {\n\tanswers := make(chan string)\n\tselect {\n\tcase <-answers:\n\tcase <-time.After(300 * time.Millisecond):\n\t\tt.Fatal("worker did not answer within 300ms")\n\t}\n}\n',
      '\n\t"time"',
    ),
  }),
  test(
    'unit',
    'flaky-race',
    {
      'zebra_test.go': tests(
        '\nfunc TestConcurrentStripes(t *testing.T) {\n\tz := Zebra{}\n\tvar group sync.WaitGroup\n\tfor i := 0; i < 8; i++ {\n\t\tgroup.Add(1)\n\t\tgo func() {\n\t\t\tdefer group.Done()\n\t\t\tz.Stripes++\n\t\t}()\n\t}\n\tgroup.Wait()\n}\n',
        '\n\t"sync"',
      ),
    },
    { run: 'go test -count=1 -race -v ./...' },
  ),
  test('unit', 'flaky-order', {
    'zebra_test.go': tests(
      '\nfunc TestNamesComeInOrder(t *testing.T) {\n\tgot := []string{}\n\tfor name := range map[string]int{"b": 1, "a": 2, "c": 3, "d": 4, "e": 5} {\n\t\tgot = append(got, name)\n\t}\n\tfor i, want := range []string{"e", "d", "c", "b", "a"} {\n\t\tif got[i] != want {\n\t\t\tt.Fatalf("name %d = %q, want %q", i, got[i], want)\n\t\t}\n\t}\n}\n',
    ),
  }),
  test('unit', 'code-assertion', {
    'zebra.go': source.replace('sum += z', 'sum -= z'),
  }),
  test('unit', 'code-assertion', {
    'zebra.go': source.replace(
      'return len(h.zebras)',
      'return len(h.zebras) - 1',
    ),
  }),
  test('unit', 'code-exception', {
    'zebra.go': source.replace('sum := 0', 'sum := zebras[0].Stripes'),
  }),
  test('unit', 'upstream-behaviour', {
    ...replaced(
      kit,
      'package zebra\n\nimport "acme.example/corekit"\n\nfunc Link() string { return corekit.Connect(corekit.Options{}) }\n',
    ),
    'link_test.go':
      'package zebra\n\nimport "testing"\n\nfunc TestLinks(t *testing.T) {\n\tif Link() == "" {\n\t\tt.Error("no link")\n\t}\n}\n',
  }),
  test(
    'unit',
    'out-of-memory',
    {
      'zebra_test.go': tests(
        '\nfunc TestHoldsMany(t *testing.T) {\n\tall := [][]byte{}\n\tfor i := 0; i < 1000; i++ {\n\t\tall = append(all, make([]byte, 50_000_000))\n\t\tfor j := range all[i] {\n\t\t\tall[i][j] = 1\n\t\t}\n\t}\n}\n',
      ),
    },
    {
      run: 'go test -c -o zebra.test . && (ulimit -v 1200000; ./zebra.test -test.v)',
    },
  ),
  test('unit', 'configuration-environment', {
    'zebra_test.go': tests(
      '\nfunc TestMain(m *testing.M) {\n\tif os.Getenv("ZEBRA_DATABASE_URL") == "" {\n\t\tlog.Fatal("ZEBRA_DATABASE_URL is not set")\n\t}\n\tos.Exit(m.Run())\n}\n',
      '\n\t"log"\n\t"os"',
    ),
  }),
  test('integration', 'pass', {
    'zebra_test.go': integration('http://localhost:$PORT'),
  }),
  test('integration', 'dependency-refused', {
    'zebra_test.go': integration('http://localhost:$DEAD_PORT'),
  }),
  test('integration', 'network-dns', {
    'zebra_test.go': integration('http://database.acme.invalid:5432'),
  }),
  test('integration', 'code-assertion', {
    'zebra_test.go': integration('http://localhost:$PORT').replace(
      '!= 201',
      '!= 204',
    ),
  }),
  test(
    'integration',
    'flaky-timeout',
    {
      'zebra_test.go': integration('http://localhost:$PORT')
        .replace(
          'func TestStoresZebra(t *testing.T) {',
          'func TestStoresZebra(t *testing.T) {\n\ttime.Sleep(1500 * time.Millisecond)',
        )
        .replace('"net/http"', '"net/http"\n\t"time"'),
    },
    { run: 'go test -count=1 -v -timeout 1s ./...' },
  ),
  test('integration', 'configuration-environment', {
    'zebra_test.go': tests(
      '\nfunc TestService(t *testing.T) {\n\tif _, ok := os.LookupEnv("ZEBRA_API_KEY"); !ok {\n\t\tt.Fatal("required environment variable ZEBRA_API_KEY is missing")\n\t}\n}\n',
      '\n\t"os"',
    ),
  }),
];
