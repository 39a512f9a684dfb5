import { stringifyEntityRef } from '@backstage/catalog-model';
import {
  Anomalies,
  Anomaly,
  AnomalyPreview,
  AnomalySettings,
  anomalySettingSchema,
  ciMedicAnomalySettingsPermission,
} from '@ci-medic/plugin-ci-medic-common';
import { Request, Router } from 'express';
import { ApiContext } from './ApiContext';
import { entityOf } from './entityOf';
import { numberOf, textOf } from './readQuery';

const ENTITY = '/entities/:kind/:namespace/:name';
const DEFAULT_DAYS = 90;

/**
 * Routes of anomalies, and of what people want to hear of them.
 */
export function addAnomalyRoutes(router: Router, context: ApiContext): void {
  const { httpAuth, access, ownership, incidents } = context;
  const { anomalies, anomalySettings, settingPreview } = context;

  async function readable(request: Request): Promise<string> {
    const credentials = await httpAuth.credentials(request);
    const ref = entityOf(request);
    return stringifyEntityRef(await access.entity(credentials, ref));
  }

  router.get(`${ENTITY}/anomalies`, async (request, response) => {
    const entityRef = await readable(request);
    const body: Anomalies = {
      isReadingHistory: await anomalies.isReadingHistory(entityRef),
      items: await anomalies.list({
        entityRef,
        days: numberOf(request, 'days') ?? DEFAULT_DAYS,
        stage: textOf(request, 'stage') as Anomaly['stage'] | undefined,
      }),
    };
    response.json(body);
  });

  router.get('/incidents/:incidentId/anomalies', async (request, response) => {
    const { incidentId } = request.params;
    const credentials = await httpAuth.credentials(request);
    const incident = await incidents.get(incidentId);
    const entityRefs = await access.readable(credentials, incident.entityRefs);
    const body: { items: Anomaly[] } = {
      items: await anomalies.ofIncident(incidentId, entityRefs),
    };
    response.json(body);
  });

  router.get(`${ENTITY}/anomaly-settings`, async (request, response) => {
    const body: AnomalySettings = await anomalySettings.list(
      await readable(request),
    );
    response.json(body);
  });

  router.put(`${ENTITY}/anomaly-settings`, async (request, response) => {
    const entityRef = await readable(request);
    const person = await ownership.person(request);
    await ownership.require(
      person,
      [entityRef],
      ciMedicAnomalySettingsPermission,
    );
    await anomalySettings.save(
      entityRef,
      anomalySettingSchema.parse(request.body),
      person.principal.userEntityRef,
    );
    const body: AnomalySettings = await anomalySettings.list(entityRef);
    response.json(body);
  });

  router.post(`${ENTITY}/anomaly-preview`, async (request, response) => {
    const entityRef = await readable(request);
    const setting = anomalySettingSchema.parse(request.body);
    const { items } = await anomalySettings.list(entityRef);
    const now = items.find(({ metric }) => metric === setting.metric);
    const body: AnomalyPreview = await settingPreview.preview(
      entityRef,
      setting,
      now ?? setting,
    );
    response.json(body);
  });
}
