import { ciMedicMetricsPermission } from '@ci-medic/plugin-ci-medic-common';
import { Router } from 'express';
import { ApiContext } from './ApiContext';

/**
 * Figures of all repositories, for Prometheus servers. It has a permission of its own, so that a scraper's token needs no
 * other.
 */
export function addMetricsRoute(router: Router, context: ApiContext): void {
  const { httpAuth, access, metrics } = context;

  router.get('/metrics', async (request, response) => {
    const credentials = await httpAuth.credentials(request);
    await access.require(credentials, ciMedicMetricsPermission);
    const { contentType, text } = await metrics.export();
    response.set('Content-Type', contentType);
    response.set('Cache-Control', 'no-store');
    response.end(text);
  });
}
