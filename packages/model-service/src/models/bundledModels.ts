import { dirname, join } from 'path';

/**
 * The folder of the models that come with this package.
 *
 * @public
 */
export function bundledModels(): string {
  const manifest = require.resolve('@ci-medic/model-service/package.json');
  return join(dirname(manifest), 'models');
}
