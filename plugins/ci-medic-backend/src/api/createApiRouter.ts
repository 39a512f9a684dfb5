import { createValidatedOpenApiRouter } from '@backstage/backend-openapi-utils';
import { Router } from 'express';
import { addAlertRoutes } from './addAlertRoutes';
import { addDiagnosisRoutes } from './addDiagnosisRoutes';
import { addControlRoutes } from './addControlRoutes';
import { addDecisionRoutes } from './addDecisionRoutes';
import { addAnomalyRoutes } from './addAnomalyRoutes';
import { addEntityRoutes } from './addEntityRoutes';
import { addFeedbackRoutes } from './addFeedbackRoutes';
import { addIncidentRoutes } from './addIncidentRoutes';
import { addInsightRoutes } from './addInsightRoutes';
import { addMetricsRoute } from './addMetricsRoute';
import { addOperatorRoutes } from './addOperatorRoutes';
import { addPlanRoutes } from './addPlanRoutes';
import { addPlaybookRoutes } from './addPlaybookRoutes';
import { addRemediationRoutes } from './addRemediationRoutes';
import { addRunRoutes } from './addRunRoutes';
import { addSeriesRoutes } from './addSeriesRoutes';
import { ApiContext } from './ApiContext';
import { openApiDocument } from './openApiDocument';

/**
 * The HTTP API. Requests are validated by the OpenAPI document, which is served at `/openapi.json`.
 */
export function createApiRouter(context: ApiContext): Router {
  const router = createValidatedOpenApiRouter(
    openApiDocument as any,
  ) as unknown as Router;
  addEntityRoutes(router, context);
  addRunRoutes(router, context);
  addIncidentRoutes(router, context);
  addDiagnosisRoutes(router, context);
  addFeedbackRoutes(router, context);
  addAlertRoutes(router, context);
  addRemediationRoutes(router, context);
  addPlanRoutes(router, context);
  addControlRoutes(router, context);
  addDecisionRoutes(router, context);
  addInsightRoutes(router, context);
  addPlaybookRoutes(router, context);
  addSeriesRoutes(router, context);
  addAnomalyRoutes(router, context);
  addMetricsRoute(router, context);
  addOperatorRoutes(router, context);
  return router;
}
