import { subCategoriesOf } from './SubCategory';

/** What people set: workflows, credentials, build files, environments. */
export const configuration = subCategoriesOf('configuration', {
  credential: {
    title: 'Credential is wrong or expired',
    description: 'Somewhere a sign-in was refused that used to work.',
    example: 'npm error code E401',
    advice: [
      'Look when the token or key expires, and rotate it where it is kept.',
      'Check that it is still granted to this repository and environment.',
    ],
    transient: 0.08,
    remedies: ['advise'],
  },
  credential_missing: {
    title: 'Credential is not there',
    description:
      'A secret is empty: it is not defined for this environment, or not given to contributions from forks.',
    example: 'Input required and not supplied: token',
    advice: [
      'Define the secret where this job can read it.',
      'For contributions from forks, skip the step or run it after review.',
    ],
    transient: 0.04,
    remedies: ['advise'],
  },
  permission: {
    title: 'Permission is missing',
    description:
      'Who the job runs as is known, but may not do what the step asks.',
    example:
      'Error from server (Forbidden): deployments.apps is forbidden: User "ci" cannot patch resource',
    advice: [
      'Grant exactly this permission to the account that the message names.',
      'Look whether roles were changed since the last pass.',
    ],
    transient: 0.06,
    remedies: ['advise'],
  },
  environment: {
    title: 'Variable or setting is missing',
    description:
      'A program ends because a variable, option or connection string is not set.',
    example: "KeyError: 'DATABASE_URL'",
    advice: [
      'Set the variable for this job, or give it a default.',
      'Look which workflow or environment change removed it.',
    ],
    transient: 0.05,
    remedies: ['advise'],
  },
  lockfile: {
    title: 'Lockfile is out of date',
    description:
      'What the project asks for and what its lockfile records differ.',
    example:
      '`npm ci` can only install packages when your package.json and package-lock.json are in sync.',
    advice: [
      'Install once without the frozen option and commit the lockfile.',
      'Use the same version of the package manager as the workflow.',
    ],
    transient: 0.02,
    remedies: ['advise'],
  },
  build_file: {
    title: 'Build file is wrong',
    description:
      'A build tool cannot read its own file, or finds no such task or target.',
    example: "make: *** No rule to make target 'package'.  Stop.",
    advice: [
      'Read the line that the tool names; compare with the last version that built.',
    ],
    transient: 0.02,
    remedies: ['canary', 'advise'],
  },
  workflow: {
    title: 'Workflow is wrong',
    description:
      'The CI system refuses the workflow itself, an action or image that it names, or its inputs.',
    example:
      'Unable to resolve action `acme/deploy@v9`, unable to find version `v9`',
    advice: [
      'Compare the workflow with its last version that ran.',
      'Check names and versions of the actions and images that it uses.',
    ],
    transient: 0.05,
    remedies: ['advise'],
  },
  tool_version: {
    title: 'Tool has the wrong version',
    description:
      'A language or tool is older or newer than the project asks for.',
    example: 'go: go.mod requires go >= 1.24 (running go 1.21.3)',
    advice: [
      'Choose the version in the workflow rather than taking the one of the image.',
      'Look whether the image changed, or what the project asks for.',
    ],
    transient: 0.12,
    remedies: ['fresh-runner', 'advise'],
  },
  missing_ref: {
    title: 'Branch, tag or commit does not exist',
    description:
      'A checkout asks for something that the repository does not have: deleted, renamed or never pushed.',
    example: "fatal: couldn't find remote ref refs/heads/release-2",
    advice: [
      'Check the name in the workflow; rebase where a branch was merged and deleted.',
    ],
    transient: 0.12,
    remedies: ['advise'],
  },
  missing_file: {
    title: 'File is not where it is expected',
    description: 'A step needs a file or folder that no step before made.',
    example: "cp: cannot stat 'dist/app.js': No such file or directory",
    advice: [
      'Look for the step that should have made it, and whether it was skipped.',
      'Check paths and names of artifacts.',
    ],
    transient: 0.2,
    remedies: ['advise'],
  },
  manifest: {
    title: 'Deployment description is wrong',
    description:
      'A manifest, chart or infrastructure plan is refused before anything is changed.',
    example:
      'error: error validating "deployment.yaml": unknown field "spec.replica"',
    advice: [
      'Validate the file locally against the same version of the cluster or provider.',
    ],
    transient: 0.03,
    remedies: ['canary', 'advise'],
  },
  rules: {
    title: 'Refused by a rule of the repository',
    description:
      'Branch protection, a size limit, a required label or an approval stood in the way.',
    example:
      '! [remote rejected] main -> main (push declined due to repository rule violations)',
    advice: ['Do what the rule asks for, or ask its owner for an exception.'],
    transient: 0.06,
    remedies: ['advise'],
  },
  push_conflict: {
    title: 'Push was overtaken',
    description:
      'The job wanted to push, but the branch or tag had moved or existed already.',
    example:
      "error: failed to push some refs to 'https://gitlab.example/acme/shop'",
    advice: [
      'Run the job again; it then starts from what is there.',
      'Let only one such job run at a time.',
    ],
    transient: 0.65,
    remedies: ['rerun', 'advise'],
  },
});
