import { resolvePackagePath } from '@backstage/backend-plugin-api';
import { build } from 'esbuild';
import { join } from 'path';

/**
 * Puts the replica and the packages of this repository into one file, so that it starts in about a second; everything
 * else is loaded as it is installed.
 */
export async function buildReplica(): Promise<string> {
  const root = resolvePackagePath('@ci-medic/benchmarks');
  // What is bundled must find what is installed.
  const outfile = join(root, 'dist/chaos/replica.cjs');
  await build({
    entryPoints: [join(root, 'src/chaos/startReplica.ts')],
    ...{ outfile, bundle: true, platform: 'node', format: 'cjs' },
    target: 'node22',
    logLevel: 'error',
    plugins: [
      {
        name: 'installed-packages',
        setup(builder) {
          builder.onResolve({ filter: /^[^./]/ }, ({ path }) =>
            path.startsWith('@ci-medic/')
              ? undefined
              : { path, external: true },
          );
        },
      },
    ],
  });
  return outfile;
}
