import { Signature } from './Signature';

/** Package managers and what they install. */
export const packages: readonly Signature[] = [
  {
    id: 'lockfile-outdated',
    subCategory: 'configuration.lockfile',
    pattern:
      '(?i)can only install packages when your package\\.json and|can only install with an existing package-lock|cannot update the lock file|lockfile would have been modified|cannot install with "frozen-lockfile"|err_pnpm_outdated_lockfile|pyproject\\.toml changed significantly since poetry\\.lock|poetry\\.lock is not up to date|the lock file .{1,80} needs to be updated but --(?:locked|frozen)|missing go\\.sum entry|updates to go\\.mod needed|go: inconsistent vendoring|lock file is not up to date|your lock ?file .{0,60}(?:out of date|out of sync)|gemfile\\.lock .{0,80}(?:frozen|deployment)|lock state .{0,40}out of date|lockfile needs to be updated',
    weight: 3.8,
    provenance: 'npm, Yarn, pnpm, Poetry, Cargo, Go, Bundler',
    matches: [
      'npm error `npm ci` can only install packages when your package.json and package-lock.json or npm-shrinkwrap.json are in sync.',
      'go: github.com/acme/prices@v1.2.0: missing go.sum entry; to add it:',
    ],
    rejects: ['Reading package-lock.json'],
  },
  {
    id: 'integrity-mismatch',
    subCategory: 'dependency.integrity',
    pattern:
      '(?i)do not match the hashes|eintegrity|integrity checksum failed|checksum mismatch|sha512-.{0,120} integrity|checksum for .{1,120} changed|verifying .{1,100}: checksum|yn0018|hash mismatch',
    weight: 3.4,
    provenance: 'pip, npm, Go, Cargo, Yarn',
    matches: [
      'ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE.',
      'npm error code EINTEGRITY',
    ],
    rejects: ['Checksum of the archive is written to dist/'],
  },
  {
    id: 'versions-conflict',
    subCategory: 'dependency.conflict',
    pattern:
      '(?i)eresolve|unable to resolve dependency tree|could not resolve dependency:|resolutionimpossible|conflicting dependencies|because .{1,200} depends on .{1,200} version solving failed|version solving failed|failed to select a version for|conflict(?:s)? with (?:each other|another requirement)|peer dep(?:endency)? .{0,60}(?:missing|conflict)|incompatible peer|requires .{1,80} but you have|could not find compatible versions|found conflicts between different versions|version conflict',
    weight: 3.4,
    provenance: 'npm, pip, Poetry, Cargo, Bundler',
    matches: [
      'npm error code ERESOLVE',
      'ERROR: ResolutionImpossible: for help visit https://pip.pypa.io/',
      'error: failed to select a version for `prices`.',
    ],
    rejects: ['CONFLICT (content): Merge conflict in package.json'],
  },
  {
    id: 'package-not-found',
    subCategory: 'dependency.not_found',
    pattern:
      "(?i)npm err(?:or|!) (?:code e404|404)|is not in (?:this|the npm) registry|no matching (?:version|distribution) found|could not find a version that satisfies|etarget|notarget|could not find artifact|could not find (?:org|com|io|net|dev)\\.[a-z0-9.:_-]+|unknown revision|no matching package named|couldn't find (?:any versions|package)|package .{1,80} not found in|no versions? of .{1,80} (?:match|found)|err_pnpm_no_matching_version|404 not found.{0,40}(?:pom|\\.jar)|moduleversionnotfound|cannot resolve plugin|plugin .{1,120} (?:was not found|could not be resolved|or one of its dependencies could not be resolved)|no candidate version|no plugin found for prefix|yanked|module .{1,120}: not found|reading .{1,120}: 404 not found|config\\.json not found in registry",
    weight: 2.6,
    also: { 'infrastructure.service_unavailable': 0.6 },
    provenance: 'npm, pip, Maven, Gradle, Go, Cargo, pnpm',
    matches: [
      "npm error 404  '@acme/prices@2.4.0' is not in this registry.",
      'ERROR: No matching distribution found for acme-prices==2.4.0',
      '[ERROR] Could not find artifact com.acme:prices:jar:2.4.0 in central',
    ],
    rejects: ['404 pages were generated'],
  },
  {
    id: 'registry-fetch-failed',
    subCategory: 'infrastructure.connection',
    pattern:
      "(?i)transfer failed for http|could not transfer artifact|failed to fetch `https|failed to load source for dependency|could not (?:get|head) ['‘]http|spurious network error|couldn't fetch|max retries exceeded with url|retry\\(total=0|newconnectionerror|network (?:error|request failed|timeout)|unable to update registry|failed to query replaced source registry|error while fetching remote",
    weight: 2.4,
    also: {
      'infrastructure.service_unavailable': 1,
      'dependency.not_found': 0.4,
    },
    provenance: 'Maven, Cargo, Gradle, pip, npm, uv',
    matches: [
      'failed to fetch `https://github.com/rust-lang/crates.io-index`',
      '[ERROR] Transfer failed for https://repo.example/maven2/a.pom',
    ],
    rejects: ['Fetched 12 packages in 2 s'],
  },
  {
    id: 'dependency-policy',
    subCategory: 'dependency.policy',
    pattern:
      '(?i)dependencyconvergence|requireupperbounddeps|banduplicate|maven-enforcer-plugin|bannedDependencies|license check failed|dependencies need to be vetted|banned by|dependency lock state|dependency-review|duplicate classes found|upper.?bound|licenses? .{0,40}not allowed|some enforcer rules have failed|requirejavaversion',
    weight: 3,
    provenance: 'Maven Enforcer, Gradle, cargo-deny, licence checkers',
    matches: [
      '[ERROR] Rule 0: org.apache.maven.enforcer.rules.dependency.DependencyConvergence failed with message:',
    ],
    rejects: ['License: Apache-2.0'],
  },
  {
    id: 'vulnerabilities-found',
    subCategory: 'dependency.vulnerability',
    pattern:
      '(?i)\\b[1-9]\\d* vulnerabilit(?:y|ies) found|rustsec-\\d{4}|\\bghsa-[0-9a-z]{4}-|found [1-9]\\d* (?:known )?vulnerabilit|cve-\\d{4}-\\d{4,}|vulnerabilities detected|advisory: ',
    weight: 3.2,
    provenance: 'cargo-audit, npm audit, pip-audit, Trivy',
    matches: ['error: 3 vulnerabilities found!'],
    rejects: ['found 0 vulnerabilities'],
  },
  {
    id: 'module-not-installed',
    subCategory: 'dependency.missing_module',
    pattern:
      "(?i)modulenotfounderror|no module named|cannot find module '[^./]|importerror: (?:cannot import name|no module)|cannot find package|package .{1,100} is not in (?:std|goroot)|cannot resolve module|module not found: error: can't resolve '[^./]|noclassdeffounderror|classnotfoundexception|cannot load such file|can't find crate for|no required module provides package|could not find gem|err_module_not_found",
    weight: 1.9,
    also: { 'code.compile': 1, 'configuration.environment': 0.3 },
    provenance: 'Python, Node.js, webpack, Java, Go, Ruby, Rust',
    matches: [
      "ModuleNotFoundError: No module named 'acme_prices'",
      "Error: Cannot find module '@acme/prices'",
      "ImportError: cannot import name 'round_price' from 'acme_prices'",
    ],
    rejects: ["Cannot find module './cart'"],
  },
  {
    id: 'member-of-package-gone',
    subCategory: 'dependency.incompatible',
    pattern:
      '(?i)module \'"@?[a-z0-9][^"]{0,80}"\' has no exported member|nosuchmethoderror|nosuchfielderror|abstractmethoderror|incompatibleclasschangeerror|unsupportedclassversionerror|class file has wrong version|bad class file|module "[a-z_]+" has no attribute|err_package_path_not_exported|package does not exist|cannot access (?:org|com|io|net)\\.|deprecat(?:ed|ion) .{0,80}(?:removed|error)|undefined: [a-z0-9_]+\\.[a-z]|module .{1,60} has no attribute',
    weight: 2,
    also: { 'code.compile': 1.2 },
    provenance: 'TypeScript, HotSpot, javac, mypy, Go, Node.js',
    matches: [
      "src/cart.ts(1,10): error TS2305: Module '\"@acme/prices\"' has no exported member 'priceOf'.",
      "java.lang.NoSuchMethodError: 'void com.acme.Prices.round()'",
    ],
    rejects: ["error TS2532: Object is possibly 'undefined'."],
  },
  {
    id: 'tool-version-refused',
    subCategory: 'configuration.tool_version',
    pattern:
      '(?i)ebadengine|unsupported engine|engine "node" is incompatible|go\\.mod requires go >=|requires[ -]python|requires a different python|package requires (?:a different )?python|unsupported class file major version|invalid (?:source|target) release|release version \\d+ not supported|requires rustc|minimum supported rust version|requires at least (?:java|gradle|node|version)|cmake \\d+\\.\\d+ or higher is required|is not supported by this version|unsupported go version|requires (?:npm|node|java|gradle|maven|ruby|php) (?:version )?[><=v\\d]|this version of .{1,40} (?:is not compatible|requires)|error: package `.{1,80}` cannot be built because it requires rustc',
    weight: 2.8,
    also: { 'infrastructure.runner_image': 2.2 },
    provenance: 'npm, Yarn, Go, pip, javac, Cargo, CMake',
    matches: [
      'npm error code EBADENGINE',
      'go: go.mod requires go >= 1.24 (running go 1.21.3; GOTOOLCHAIN=local)',
      "ERROR: Package 'acme' requires a different Python: 3.8.10 not in '>=3.11'",
    ],
    rejects: ['requires a review of an owner'],
  },
];
