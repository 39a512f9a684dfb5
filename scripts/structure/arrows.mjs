/** Which room may know which. Each rule returns its violations as sentences. */

const purePackages = [
  '@ci-medic/build-log',
  '@ci-medic/test-reports',
  '@ci-medic/detection',
];

const network = /^(http|https|http2|net|tls|dgram|dns)(\/|$)/;
const files = /^fs(\/|$)/;

const steps = [
  'ingest',
  'logs',
  'metrics',
  'anomalies',
  'incidents',
  'diagnosis',
  'rootcause',
  'remediation',
  'alerting',
  'feedback',
  'playbooks',
  'insights',
];

const says = (source, { specifier }, why) =>
  `${source.path} imports ${specifier}: ${why}`;

function violations(house, sourceFilter, why) {
  return house.sources
    .filter(source => !source.isTest && sourceFilter(source))
    .flatMap(source =>
      source.imports
        .map(one => [one, why(one, source)])
        .filter(([, reason]) => reason)
        .map(([one, reason]) => says(source, one, reason)),
    );
}

/** Pure packages: no Backstage, no database, no network; files only in a CLI. */
export function pureViolations(house) {
  return violations(
    house,
    ({ owner }) => purePackages.includes(owner.name),
    ({ builtin, packageName = '', workspace }, { path }) => {
      if (packageName.startsWith('@backstage/')) {
        return 'a pure package knows nothing of Backstage';
      }
      if (/^(knex|pg|better-sqlite3)$/.test(packageName)) {
        return 'a pure package has no database';
      }
      if (builtin && network.test(builtin)) {
        return 'a pure package has no network';
      }
      if (builtin && files.test(builtin) && !/\/cli[/.]/.test(path)) {
        return 'a pure package touches files only in its command line (src/cli)';
      }
      if (workspace && !purePackages.includes(workspace.name)) {
        return 'a pure package uses only pure packages';
      }
      return undefined;
    },
  );
}

/** Steps of the backend leave rows and work; they do not call each other. */
export function stepViolations(house) {
  const room = path =>
    path?.match(/^plugins\/ci-medic-backend\/src\/([^/]+)(\/|$)/)?.[1];
  return violations(
    house,
    ({ path }) => [...steps, 'work', 'database'].includes(room(path)),
    ({ target }, { path }) => {
      const from = room(path);
      const to = room(target);
      if (!to || to === from) {
        return undefined;
      }
      if (/^(plugin|index)\.ts$/.test(to) || to === 'api') {
        return 'only plugin.ts and api/ know several steps, and no step knows them';
      }
      if (steps.includes(to)) {
        return steps.includes(from)
          ? `the step ${from} must not know the step ${to}`
          : `${from}/ carries the steps and must not know ${to}`;
      }
      return undefined;
    },
  );
}

/** The backend knows doors, not the systems behind them. */
export function doorViolations(house) {
  return violations(
    house,
    ({ owner }) => owner.name === '@ci-medic/plugin-ci-medic-backend',
    ({ packageName = '' }) =>
      packageName.includes('-backend-module-') &&
      'a system is known only behind the doors of ci-medic-node',
  );
}

const serverPackage = /^@backstage\/(backend-.*|plugin-.*-(backend|node).*)$/;
const browserPackage =
  /^(react|react-dom|@material-ui\/.*|@backstage\/(core-components|core-plugin-api|core-app-api|frontend-.*|ui))$/;

/** Words belong to everybody, so they know neither side. */
export function commonViolations(house) {
  return violations(
    house,
    ({ owner }) => owner.role === 'common-library',
    ({ builtin, packageName = '', workspace }) => {
      if (purePackages.includes(workspace?.name)) {
        return undefined;
      }
      if (builtin || serverPackage.test(packageName)) {
        return 'a common package must run in a browser too';
      }
      if (
        browserPackage.test(packageName) ||
        (workspace && workspace.role !== 'common-library')
      ) {
        return 'a common package knows neither backend nor frontend';
      }
      return undefined;
    },
  );
}

/** What runs in a browser imports nothing of a server. */
export function frontendViolations(house) {
  return violations(
    house,
    ({ owner }) => /^(frontend|web-)/.test(owner.role ?? ''),
    ({ builtin, packageName = '', workspace }) =>
      (builtin ||
        serverPackage.test(packageName) ||
        /^(node-library|backend)/.test(workspace?.role ?? '')) &&
      'a frontend package imports no package for Node.js',
  );
}
