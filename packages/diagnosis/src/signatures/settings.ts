import { Signature } from './Signature';

/** Credentials, permissions, workflows and build files. */
export const settings: readonly Signature[] = [
  {
    id: 'credential-missing',
    subCategory: 'configuration.credential_missing',
    pattern:
      '(?i)input required and not supplied: .{0,40}(?:token|key|password|secret)|could not load credentials from any|credentials could not be loaded|no basic auth credentials|could not read (?:username|password) for|parameter token or opts\\.auth is required|(?:token|secret|password|api key) (?:is )?(?:required|missing|not (?:set|found|provided))|no credentials (?:provider|found)|unable to locate credentials|missing credentials|requires? a credential-provider|credential-provider to be configured|empty (?:token|password)|must provide (?:a )?(?:token|credentials)',
    weight: 3.2,
    provenance: 'GitHub Actions toolkit, AWS, git, Docker',
    matches: [
      '##[error]Input required and not supplied: token',
      "fatal: could not read Username for 'https://git.example': terminal prompts disabled",
    ],
    rejects: ['Reading token from the parser'],
  },
  {
    id: 'credential-refused',
    subCategory: 'configuration.credential',
    pattern:
      '(?i)bad credentials|authentication (?:failed|required|error)|incorrect or missing password|invalid username or password|invalid (?:api )?(?:token|credentials|key id)|(?:token|credential|key|signature)s? (?:has |have |is |are )?(?:been )?expired|expiredtoken|permission denied \\(publickey|\\b401\\b.{0,20}(?:unauthorized|content access|authorization)|http basic: access denied|unauthorized: |e401\\b|(?:returned error|status(?: code)?|code|http)[: =]{1,3}401\\b|401 (?:error|client error)|error: you must be logged in to the server|login failed|denied: requested access|unable to authenticate|401 unauthorized|requires authentication|the provided token|the security token included in the request is (?:invalid|expired)|not authenticated|unauthenticated|\\(unauthorized\\)',
    weight: 3.2,
    also: { 'infrastructure.service_unavailable': 0.3 },
    provenance: 'HTTP 401, OpenSSH, npm, Maven, Docker, kubectl, AWS',
    matches: [
      'npm error code E401',
      'remote: Invalid username or password.',
      'error: You must be logged in to the server (Unauthorized)',
      'curl: (22) The requested URL returned error: 401',
    ],
    rejects: ['test authentication of users: ok'],
  },
  {
    id: 'permission-refused',
    subCategory: 'configuration.permission',
    pattern:
      '(?i)error from server \\(forbidden\\)|is not authorized to perform|cannot (?:list|get|create|patch|update|delete) resource|resource not accessible by integration|accessdenied|access denied|\\b403 forbidden|\\be403\\b|status: 403|(?:returned error|status(?: code)?|http|code)[: =]{1,3}403\\b|permission to .{1,100} denied|does not have (?:permission|access|sufficient)|insufficient (?:permission|scope|privilege)|not permitted to|you are not allowed to|authorization failed',
    weight: 2.8,
    also: { 'configuration.credential': 1.2 },
    provenance: 'HTTP 403, Kubernetes RBAC, AWS IAM, GitHub',
    matches: [
      'Error from server (Forbidden): error when creating "a.yaml": deployments.apps is forbidden',
      'HttpError: Resource not accessible by integration',
    ],
    rejects: ['Forbidden words are checked'],
  },
  {
    id: 'variable-missing',
    subCategory: 'configuration.environment',
    pattern:
      "(?i)keyerror: '[a-z0-9]*_[a-z0-9_]*'|(?:environment )?variables? .{0,60}(?:is |are )?(?:not set|not defined|required|missing|unset|must be set)|unbound variable|parameter (?:null or )?not set|(?:must|needs? to|should) be set(?: in| as| to|\\.|$)|missing (?:required )?(?:environment|env|setting|configuration|config|option|argument)|required (?:setting|option|variable|parameter|configuration)|is not defined in .{0,40}env|no configuration file|config(?:uration)? (?:file )?.{0,80}(?:not found|missing|invalid|does not exist)|invalid configuration|could not resolve placeholder|no url specified|undefined environment variable|improperlyconfigured|[A-Z][A-Z0-9]+_[A-Z0-9_]+ (?:is|was) (?:undefined|empty|not set|required|missing)|environ\\[|getenv",
    weight: 2.3,
    provenance: 'Python, POSIX shells, Spring, Django, curl',
    matches: [
      "KeyError: 'DATABASE_URL'",
      'deploy.sh: line 3: TARGET: unbound variable',
      'Error: environment variable DATABASE_URL is not set',
    ],
    rejects: ['unused variable: `index`', "KeyError: 'total'"],
  },
  {
    id: 'workflow-refused',
    subCategory: 'configuration.workflow',
    pattern:
      "(?i)invalid workflow file|unable to resolve action|can't find 'action\\.yml'|unexpected input\\(s\\)|error parsing called workflow|the workflow is not valid|yaml(?:\\.scanner)?.{0,40}(?:mapping values|syntax|did not find)|unrecognized named-value|this job .{0,80}is invalid|\\.gitlab-ci\\.yml.{0,80}(?:error|invalid)|missing download info for|input required and not supplied|##\\[error\\].{0,60}no such (?:action|input)|unknown command:? |unknown (?:option|flag|argument)|unrecognized arguments?",
    weight: 2.4,
    also: { 'configuration.build_file': 0.5 },
    provenance: 'GitHub Actions, GitLab, argparse, getopt',
    matches: [
      'Unable to resolve action `acme/deploy@v9`, unable to find version `v9`',
    ],
    rejects: ['Run actions/checkout@v4'],
  },
  {
    id: 'build-file-refused',
    subCategory: 'configuration.build_file',
    pattern:
      "(?i)no rule to make target|missing separator\\.? +stop|makefile:\\d+: \\*\\*\\* |ejsonparse|failed to parse (?:json|manifest|pom|package\\.json)|non-parseable pom|could not compile build file|a problem occurred (?:evaluating|configuring)|missing script: |task '.{1,80}' not found|invalid requirement|errors parsing go\\.mod|unknown (?:target|task|goal)|unknown lifecycle phase|cmakelists\\.txt:\\d+ \\(|could not open requirements file|malformed|projectbuildingexception|the build could not read|is not a valid package\\.json|invalid version: |toml(?:decodeerror| parse error)|unexpected token .{1,40} in json|could not find or load main class|you need to specify a goalprefix|could not (?:find|read) (?:a )?(?:package\\.json|pom\\.xml|cargo\\.toml)|unknown compiler option|error ts(?:5\\d{3}|6053|18003)\\b|error: unrecognized|invalid (?:option|value) .{0,40}in .{0,40}(?:config|toml|ini|cfg)",
    weight: 2.6,
    also: { 'code.compile': 0.3 },
    provenance: 'make, npm, Maven, Gradle, CMake, pip, Go, TypeScript',
    matches: [
      "make: *** No rule to make target 'package'.  Stop.",
      'npm error code EJSONPARSE',
      "ERROR: Invalid requirement: 'acme-prices===>2'",
    ],
    rejects: ['Running task compileJava'],
  },
  {
    id: 'lint-settings',
    subCategory: 'configuration.build_file',
    pattern:
      "(?i)eslint couldn't find|oops! something went wrong|configuration for rule .{1,80} is invalid|failed to load (?:config|plugin|parser)|definition for rule .{1,80} was not found|unrecognized option:? |(?:could not|cannot) find config file|error: .{0,40}is not a valid (?:rule|option|selector)|unknown rule selector|invalid config",
    weight: 2.6,
    provenance: 'ESLint, Ruff, Stylelint',
    matches: ["ESLint couldn't find an eslint.config.(js|mjs|cjs) file."],
    rejects: ['12 problems (12 errors, 0 warnings)'],
  },
  {
    id: 'ref-missing',
    subCategory: 'configuration.missing_ref',
    pattern:
      "(?i)couldn't find remote ref|reference is not a tree|pathspec '.{1,200}' did not match|unknown revision or path|remote branch .{1,100} not found|a branch or tag with the name .{1,100} could not be found|not a valid object name|couldn.?t find .{0,20}ref\\b|repository '.{1,200}' not found|remote: repository not found|needed a single revision|no such ref",
    weight: 2.8,
    provenance: 'git, actions/checkout',
    matches: ["fatal: couldn't find remote ref refs/heads/release-2"],
    rejects: ['HEAD is now at d8ed443'],
  },
  {
    id: 'rules-refused',
    subCategory: 'configuration.rules',
    pattern:
      '(?i)repository rule violations|protected branch hook declined|pre-receive hook declined|gh006: protected branch|is more than the \\d+ maximum|required status check|at least \\d+ approving review|request a review by|missing required label|changeset (?:is )?(?:missing|required)|no changeset|commit message .{0,60}(?:must|does not)|signed-off-by|refusing to run ci|cla not signed',
    weight: 2.6,
    provenance: 'GitHub, GitLab, commitlint, DCO',
    matches: [
      '! [remote rejected] main -> main (push declined due to repository rule violations)',
    ],
    rejects: ['All rules passed'],
  },
  {
    id: 'push-overtaken',
    subCategory: 'configuration.push_conflict',
    pattern:
      '(?i)failed to push some refs|\\[rejected\\]|updates were rejected because|non-fast-forward|\\(fetch first\\)|stale info|nothing added to commit|cannot publish over (?:the )?previously published|you cannot publish over|tag .{1,100} already exists|version already exists|409 conflict|already_exists',
    weight: 2.2,
    also: { 'infrastructure.connection': 0.5 },
    provenance: 'git push, npm publish, GitHub releases',
    matches: [
      "error: failed to push some refs to 'https://git.example/acme/shop'",
    ],
    rejects: ['Everything up-to-date'],
  },
  {
    id: 'manifest-refused',
    subCategory: 'configuration.manifest',
    pattern:
      '(?i)error validating (?:data|")|unknown field "|strict decoding error|no matches for kind|unable to recognize|invalid value: .{0,100}(?:spec|must)|error converting yaml to json|helm.{0,60}(?:parse error|template)|is invalid: (?:spec|metadata)|unsupported (?:argument|block type)|invalid (?:reference|expression|resource type)|reference to undeclared|an argument named .{1,80} is not expected|is not a valid type|invalid type specification|missing required argument|the server could not find the requested resource|error: unable to decode|terraform .{0,60}(?:error|invalid)|namespaces? .{1,60} not found|template .{0,60}: (?:error|executing)',
    weight: 2.8,
    provenance: 'kubectl, Helm, Terraform',
    matches: [
      'error: error validating "deploy.yaml": error validating data: ValidationError',
      'Error: Reference to undeclared input variable',
    ],
    rejects: ['deployment.apps/shop configured'],
  },
];
