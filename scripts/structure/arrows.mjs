/** Which room may know which. Each rule returns its violations as sentences. */

const purePackages = [
  '@ci-medic/build-log',
  '@ci-medic/test-reports',
  '@ci-medic/detection',
  '@ci-medic/lockfiles',
];

const network = /^(http|https|http2|net|tls|dgram|dns)(\/|$)/;
const files = /^fs(\/|$)/;

/**
 * Rooms of the backend that carry the steps. Every other folder is a step,
 * apart from api/, which shows what the steps left behind.
 */
const carriers = ['work', 'database', 'changes', 'failpoints'];

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
  const isFile = name => /\.tsx?$/.test(name);
  return violations(
    house,
    ({ path }) => room(path) && !isFile(room(path)) && room(path) !== 'api',
    ({ target }, { path }) => {
      const from = room(path);
      const to = room(target);
      if (!to || to === from || carriers.includes(to)) {
        return undefined;
      }
      if (/^(plugin|index)\.ts$/.test(to) || to === 'api') {
        return 'only plugin.ts and api/ know several steps, and no step knows them';
      }
      if (isFile(to)) {
        return undefined;
      }
      return carriers.includes(from)
        ? `${from}/ carries the steps and must not know ${to}`
        : `the step ${from} must not know the step ${to}`;
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
