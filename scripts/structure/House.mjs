import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { dirname, join, normalize } from 'node:path/posix';
import ts from 'typescript';

/**
 * All sources of the workspace packages and what each of them imports.
 *
 * It is built from a map of paths to contents, so that the rules can be tried
 * on small houses with a planted fault.
 */
export class House {
  /** @param files - contents by path from the root, package.json included */
  constructor(files) {
    this.contents = files;
    this.packages = Object.keys(files)
      .filter(path => /^(packages|plugins)\/[^/]+\/package\.json$/.test(path))
      .map(path => ({
        folder: dirname(path),
        name: JSON.parse(files[path]).name,
        role: JSON.parse(files[path]).backstage?.role,
      }));
    this.sources = Object.keys(files)
      .filter(path => /^(packages|plugins)\/[^/]+\/src\/.*\.tsx?$/.test(path))
      .map(path => this.#readSource(path));
  }

  static read(root) {
    const files = {};
    for (const parent of ['packages', 'plugins']) {
      for (const name of readdirSync(join(root, parent))) {
        const folder = join(parent, name);
        const manifest = join(folder, 'package.json');
        if (existsSync(join(root, manifest))) {
          files[manifest] = readFileSync(join(root, manifest), 'utf8');
          readFolder(root, join(folder, 'src'), files);
        }
      }
    }
    return new House(files);
  }

  package(name) {
    return this.packages.find(one => one.name === name);
  }

  #readSource(path) {
    const text = this.contents[path];
    const owner = this.packages.find(({ folder }) =>
      path.startsWith(`${folder}/`),
    );
    return {
      path,
      text,
      owner,
      lines: text.split('\n').length - (text.endsWith('\n') ? 1 : 0),
      isTest:
        /\.test\.tsx?$|\/(__fixtures__|__testUtils__|tests?|testing)\/|setupTests\.ts$/.test(
          path,
        ),
      imports: ts
        .preProcessFile(text, true, true)
        .importedFiles.map(({ fileName }) => this.#readImport(path, fileName)),
    };
  }

  #readImport(path, specifier) {
    if (specifier.startsWith('.')) {
      const target = this.#resolve(normalize(join(dirname(path), specifier)));
      return { specifier, target };
    }
    if (isBuiltin(specifier)) {
      return { specifier, builtin: specifier.replace(/^node:/, '') };
    }
    const [, packageName] = specifier.match(/^((?:@[^/]+\/)?[^/]+)/);
    const workspace = this.package(packageName);
    return {
      specifier,
      packageName,
      workspace,
      target: workspace && this.#resolve(join(workspace.folder, 'src')),
    };
  }

  #resolve(path) {
    return [
      path,
      `${path}.ts`,
      `${path}.tsx`,
      `${path}/index.ts`,
      `${path}/index.tsx`,
      path.replace(/\.js$/, '.ts'),
    ].find(candidate => candidate in this.contents);
  }
}

function readFolder(root, folder, files) {
  if (!existsSync(join(root, folder))) {
    return;
  }
  for (const entry of readdirSync(join(root, folder), {
    withFileTypes: true,
  })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) {
      readFolder(root, path, files);
    } else {
      files[path] = /\.tsx?$/.test(entry.name)
        ? readFileSync(join(root, path), 'utf8')
        : '';
    }
  }
}
