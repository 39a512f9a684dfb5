import { createTranslationRef } from '@backstage/frontend-plugin-api';
import { entityMessages } from './components/entity/entityMessages';
import { healthMessages } from './components/health/healthMessages';
import { planMessages } from './components/plans/planMessages';
import { controlMessages } from './components/remediation/controlMessages';
import { runMessages } from './components/run/runMessages';
import { alertMessages } from './components/alerts/alertMessages';
import { insightMessages } from './components/insights/insightMessages';
import { playbookMessages } from './components/playbooks/playbookMessages';
import { diagnosisMessages } from './components/diagnosis/diagnosisMessages';
import { incidentMessages } from './components/incidents/incidentMessages';
import { remediationMessages } from './components/incidents/remediationMessages';
import { logMessages } from './components/log/logMessages';
import { seriesMessages } from './components/series/seriesMessages';
import { stateMessages } from './components/states/stateMessages';
import { statusMessages } from './components/status/statusMessages';

/**
 * All texts of the plugin, in English; other languages are added with Backstage's translation resources.
 *
 * @public
 */
export const ciMedicTranslationRef = createTranslationRef({
  id: 'plugin.ci-medic',
  messages: {
    alerts: alertMessages,
    diagnosis: diagnosisMessages,
    control: controlMessages,
    entity: entityMessages,
    health: healthMessages,
    incidents: incidentMessages,
    insights: insightMessages,
    log: logMessages,
    playbooks: playbookMessages,
    plans: planMessages,
    remediation: remediationMessages,
    run: runMessages,
    series: seriesMessages,
    states: stateMessages,
    status: statusMessages,
  },
});
