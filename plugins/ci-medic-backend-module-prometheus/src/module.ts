import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { ciMedicSeriesSourcesExtensionPoint } from '@ci-medic/plugin-ci-medic-node';
import { PrometheusSource } from './PrometheusSource';
import { readServers } from './readServers';

/**
 * Brings figures of Prometheus into CI Medic: what `ciMedic.prometheus` asks for.
 *
 * @public
 */
export const ciMedicModulePrometheus = createBackendModule({
  pluginId: 'ci-medic',
  moduleId: 'prometheus',
  register(env) {
    env.registerInit({
      deps: {
        config: coreServices.rootConfig,
        logger: coreServices.logger,
        sources: ciMedicSeriesSourcesExtensionPoint,
      },
      async init({ config, logger, sources }) {
        readServers(config).forEach((server, index) =>
          sources.addSource(new PrometheusSource({ server, index, logger })),
        );
      },
    });
  },
});
