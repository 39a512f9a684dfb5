import { Signature } from './Signature';

/** Compilers, linters, checkers and deployments. */
export const sources: readonly Signature[] = [
  {
    id: 'race-detected',
    subCategory: 'code.data_race',
    pattern:
      '(?i)warning: data race|threadsanitizer|addresssanitizer|memorysanitizer|undefinedbehaviorsanitizer|leaksanitizer|heap-use-after-free|heap-buffer-overflow|race detected during execution|concurrent map (?:read|writes?|iteration)',
    weight: 3,
    also: { 'flaky_test.concurrency': 1.6 },
    provenance: 'Go race detector, LLVM sanitizers',
    matches: [
      'WARNING: DATA RACE',
      '==12==ERROR: AddressSanitizer: heap-use-after-free',
    ],
    rejects: ['the races of the season'],
  },
  {
    id: 'merge-conflict',
    subCategory: 'code.merge_conflict',
    pattern:
      '(?i)conflict \\((?:content|add/add|modify/delete|rename)|content conflict in|automatic merge failed|could not apply [0-9a-f]{7}|merge conflict in|not possible to fast-forward|cherry-pick .{0,40}(?:failed|conflict)',
    weight: 3.4,
    provenance: 'git merge, rebase and cherry-pick',
    matches: ['CONFLICT (content): Merge conflict in src/cart.ts'],
    rejects: ['Merge pull request #1'],
  },
  {
    id: 'rollout-failed',
    subCategory: 'code.deployment',
    pattern:
      '(?i)exceeded its progress deadline|crashloopbackoff|timed out waiting for the condition|readiness probe failed|liveness probe failed|back-off restarting failed container|rollout status .{0,60}(?:failed|error)|rollout .{0,80}(?:aborted|failed|degraded)|deployment .{1,80} (?:failed|did not become|unhealthy)|health ?check .{0,60}(?:failed|unhealthy|timed out|returned)|smoke test.{0,40}(?:failed|error)|is not healthy|unhealthy|did not become (?:ready|healthy|available)|task failed elb health checks|pods? .{0,60}not ready|0 of \\d+ updated replicas are available|new replicas have been updated',
    weight: 2.8,
    also: { 'infrastructure.service_unavailable': 0.5 },
    provenance: 'kubectl, Kubernetes events, Argo Rollouts, Amazon ECS',
    matches: [
      'error: deployment "shop" exceeded its progress deadline',
      'Readiness probe failed: HTTP probe failed with statuscode: 500',
    ],
    rejects: ['deployment "shop" successfully rolled out'],
  },
  {
    id: 'not-formatted',
    subCategory: 'code.format',
    pattern:
      '(?i)code style issues|would reformat|would be reformatted|files? (?:were|are) not (?:properly )?formatted|had format violations|rustfmt.{0,30}diff|^diff in .{1,200} at line|run prettier|gofmt.{0,40}(?:needed|differ)|not formatted|spotless:apply|formatting (?:issues|errors)|imports are incorrectly sorted|file is not gofmt',
    weight: 3.2,
    provenance: 'Prettier, Black, rustfmt, Spotless, gofmt',
    matches: [
      '[warn] Code style issues found in 2 files. Run Prettier with --write to fix.',
    ],
    rejects: ['All matched files use Prettier code style!'],
  },
  {
    id: 'generated-outdated',
    subCategory: 'code.generated',
    pattern:
      '(?i)diff detected - did you|(?:files|code|docs?|checkout) (?:are|is|left) .{0,60}(?:out of date|dirty|outdated|stale)|please (?:re-?)?(?:run|generate|commit) .{0,80}(?:generate|codegen|commit)|working (?:tree|directory) (?:is )?(?:not clean|dirty)|left local git repository checkout dirty|is not up to date.{0,40}run|uncommitted changes|api (?:report|surface).{0,60}(?:changed|differ)',
    weight: 2.6,
    provenance: 'make, API Extractor, go generate checks',
    matches: ['Build left local git repository checkout dirty'],
    rejects: ['nothing to commit, working tree clean'],
  },
  {
    id: 'quality-gate',
    subCategory: 'code.lint',
    pattern:
      '(?i)quality gate .{0,20}failed|\\d+ problems? \\([1-9]\\d* errors?|found [1-9]\\d* (?:lint )?(?:errors?|issues?|offenses?)|(?:checkstyle|pmd|spotbugs|detekt|ktlint|clippy|golangci-lint|flake8|pylint|rubocop|shellcheck|stylelint|ruff).{0,80}(?:error|violation|failed|found)|lint(?:er)? .{0,20}(?:failed|error)|lint for .{1,100}:|coverage .{0,40}(?:below|does not meet|less than|under)|implied by `?-d warnings|#\\[deny\\(|(?:no-unused-vars|no-undef|react-hooks/)|warnings? found and --max-warnings|^error: unused |^error: using `|pr title|not valid sarif',
    weight: 2.8,
    provenance:
      'SonarQube, ESLint, Checkstyle, Clippy, golangci-lint and others',
    matches: [
      '✖ 3 problems (3 errors, 0 warnings)',
      'QUALITY GATE STATUS: FAILED - Quality Gate has FAILED.',
    ],
    rejects: ['✖ 3 problems (0 errors, 3 warnings)'],
  },
  {
    id: 'not-linked',
    subCategory: 'code.link',
    pattern:
      '(?i)undefined reference to|undefined symbols? for architecture|unresolved external symbol|duplicate symbol|multiple definition of',
    weight: 2.4,
    also: { 'infrastructure.runner_image': 0.5 },
    provenance: 'GNU ld, lld, MSVC',
    matches: ["cart.o: undefined reference to `price_of'"],
    rejects: ['creating a link to the log'],
  },
  {
    id: 'linker-ended',
    subCategory: 'code.link',
    pattern:
      '(?i)ld returned 1 exit status|linking with `.{1,80}` failed|collect2: error|linker command failed',
    weight: 0.6,
    also: {
      'infrastructure.process_killed': 1.1,
      'infrastructure.disk_full': 0.5,
    },
    provenance:
      'GNU ld, rustc, clang; says nothing by itself, for without a symbol that is missing it may have been stopped',
    matches: ['collect2: error: ld returned 1 exit status'],
    rejects: ["cart.o: undefined reference to `price_of'"],
  },
  {
    id: 'compiler-crashed',
    subCategory: 'infrastructure.process_killed',
    pattern:
      "(?i)internal compiler error|the compiler unexpectedly panicked|thread 'rustc' panicked|please submit a full bug report|segmentation fault.{0,40}(?:cc1|rustc|clang)|(?:rustc|cc1plus|clang).{0,60}(?:sig(?:segv|bus|ill|abrt|kill))|signal: (?:7|11), sig(?:bus|segv)|panicked at .{0,200}compiler/rustc_",
    weight: 1.6,
    also: { 'code.compile': 0.9 },
    provenance: 'gcc, rustc, clang',
    matches: ['error: internal compiler error: unexpected panic'],
    rejects: ['error: compiler directive is unknown'],
  },
  {
    id: 'not-compiled',
    subCategory: 'code.compile',
    pattern:
      "(?i)\\berror ts\\d{4}\\b|\\berror\\[e\\d{4}\\]|\\berror cs\\d{4}\\b|\\berror c\\d{4}\\b|cannot find symbol|incompatible types|compilation (?:failed|failure|error)|syntaxerror|syntax error|\\d: error: |undeclared identifier|undefined: |declared and not used|no matching function for call|unresolved reference|type mismatch|expected .{1,30} found|missing return|cannot use .{1,80} as|has no attribute|is not assignable to|unexpected token|does not implement|imported and not used|^e: |reached end of file while parsing|incompatible type|incompatible return value|name .{1,60} is not defined  \\[|undefined mixin|can't find stylesheet",
    weight: 2.2,
    also: { 'dependency.incompatible': 0.6 },
    provenance: 'TypeScript, Rust, C#, C++, Java, Go, Kotlin, mypy, Sass',
    matches: [
      "src/cart.ts(12,7): error TS2532: Object is possibly 'undefined'.",
      './cart.go:12:2: undefined: priceOf',
      'error[E0432]: unresolved import `acme`',
    ],
    rejects: ['0 errors'],
  },
  {
    id: 'compiler-summary',
    subCategory: 'code.compile',
    pattern:
      '(?i)could not compile `.{1,120} due to|failed to compile|aborting due to (?:\\d+ )?previous errors?',
    weight: 0.5,
    also: { 'dependency.incompatible': 0.3 },
    provenance: 'Cargo, rustc, webpack; the errors stand before it',
    matches: ['error: could not compile `shop` due to 2 previous errors'],
    rejects: ['error: could not compile `shop`'],
  },
  {
    id: 'regression-measured',
    subCategory: 'code.slower',
    pattern:
      '(?i)regression: benchmark|missing regression test|performance (?:regression|budget)|exceeds? (?:the )?(?:budget|size limit|maximum size|time limit)|bundle size .{0,40}(?:exceed|limit)|\\d+ ?% slower|entrypoint size limit|size limit (?:has )?exceeded',
    weight: 2.4,
    provenance: 'benchmark checks, size-limit, webpack',
    matches: ['Package size limit has exceeded by 12 kB'],
    rejects: ['12 benchmarks ran'],
  },
];
