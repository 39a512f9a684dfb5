import { createExtensionPoint } from '@backstage/backend-plugin-api';
import { CiProvider } from './CiProvider';

/**
 * Where modules bring in CI systems.
 *
 * @public
 */
export interface CiMedicProvidersExtensionPoint {
  /** Each provider id can be brought in once. */
  addProvider(provider: CiProvider): void;
}

/** @public */
export const ciMedicProvidersExtensionPoint =
  createExtensionPoint<CiMedicProvidersExtensionPoint>({
    id: 'ci-medic.providers',
  });
