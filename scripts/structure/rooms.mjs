import { basename } from 'node:path/posix';
import ts from 'typescript';

/** What a room looks like: sizes and names. */

/** plugin.ts wires and nothing else. */
export function longPluginFiles(house, limit = 200) {
  return house.sources
    .filter(({ path }) => basename(path) === 'plugin.ts')
    .filter(({ lines }) => lines >= limit)
    .map(({ path, lines }) => `${path} has ${lines} lines, ${limit} or more`);
}

/** The middle length of all sources that are neither tests nor re-exports. */
export function medianLines(house) {
  const lengths = house.sources
    .filter(({ path, isTest }) => !isTest && basename(path) !== 'index.ts')
    .map(({ lines }) => lines)
    .sort((a, b) => a - b);
  return lengths[Math.floor(lengths.length / 2)] ?? 0;
}

const empty = /^(helpers?|utils?|utilit(y|ies)|managers?|misc)$/i;

/** Names that say nothing about what is inside. */
export function emptyNames(house) {
  return house.sources
    .filter(({ path }) =>
      path
        .split('/')
        .slice(2)
        // Backstage's own name for what only tests use.
        .filter(part => part !== '__testUtils__')
        .flatMap(part => part.replace(/\.tsx?$/, '').split(/[-_.]|(?=[A-Z])/))
        .some(word => empty.test(word)),
    )
    .map(({ path }) => `${path}: the name does not say what is inside`);
}

/** index.ts re-exports, so that nobody looks for code there. */
export function busyIndexFiles(house) {
  return house.sources
    .filter(({ path, owner }) => {
      const isEntryOfServer = owner.role === 'backend';
      return basename(path) === 'index.ts' && !isEntryOfServer;
    })
    .filter(({ path, text }) =>
      ts
        .createSourceFile(path, text, ts.ScriptTarget.Latest)
        .statements.some(
          statement =>
            !ts.isExportDeclaration(statement) &&
            !ts.isImportDeclaration(statement) &&
            !ts.isExportAssignment(statement),
        ),
    )
    .map(({ path }) => `${path} holds more than re-exports`);
}

/** A package that holds nothing yet has no room in the house. */
export function emptyPackages(house) {
  return house.packages
    .filter(
      ({ folder }) =>
        !house.sources.some(
          source =>
            source.owner.folder === folder &&
            !source.isTest &&
            hasContent(source),
        ),
    )
    .map(({ folder }) => `${folder} holds nothing`);
}

function hasContent({ path, text }) {
  return ts
    .createSourceFile(path, text, ts.ScriptTarget.Latest)
    .statements.some(
      statement =>
        !ts.isExportDeclaration(statement) ||
        statement.moduleSpecifier !== undefined,
    );
}
