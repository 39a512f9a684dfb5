import { dirname, join, normalize } from 'node:path/posix';
import ts from 'typescript';

/** What the documentation promises and the repository has to keep. */

/**
 * Relative links of Markdown files that lead nowhere.
 *
 * @param texts - contents of the Markdown files by path
 * @param exists - whether a path from the root exists
 */
export function brokenLinks(texts, exists) {
  return Object.entries(texts)
    .filter(([path]) => path.endsWith('.md'))
    .flatMap(([path, text]) =>
      [...text.matchAll(/\]\((?!\w+:|#)([^)#\s]+)/g)]
        .map(([, link]) => normalize(join(dirname(path), link)))
        .filter(target => !exists(target))
        .map(target => `${path} links to ${target}, which does not exist`),
    );
}

/**
 * Settings that stand in a config.d.ts and not in the documentation's table, or
 * the other way round.
 *
 * @param schemas - contents of the config.d.ts files
 * @param page - docs/configuration.md
 */
export function settingsAmiss({ schemas, page }) {
  const declared = schemas.flatMap(settingsOf);
  const documented = [...page.matchAll(/^\| `(ciMedic\.[\w.[\]]+)`/gm)].map(
    ([, key]) => key,
  );
  const without = (all, others) => all.filter(key => !others.includes(key));
  return [
    ...without(declared, documented).map(key => `${key} is not documented`),
    ...without(documented, declared).map(key => `${key} does not exist`),
  ];
}

function settingsOf(schema) {
  const file = ts.createSourceFile(
    'config.d.ts',
    schema,
    ts.ScriptTarget.Latest,
  );
  const config = file.statements.find(
    one => ts.isInterfaceDeclaration(one) && one.name.text === 'Config',
  );
  return config ? leaves(config.members, '') : [];
}

function leaves(members, prefix) {
  return members.filter(ts.isPropertySignature).flatMap(({ name, type }) => {
    const path = `${prefix}${name.text}`;
    return ts.isTypeLiteralNode(type)
      ? leaves(type.members, `${path}.`)
      : [path];
  });
}
