import { Route, Routes } from 'react-router-dom';
import { AlertRulesPage } from '../alerts';
import { IncidentDetail } from './IncidentDetail';
import { IncidentList } from './IncidentList';
import { IncidentLog } from './IncidentLog';

/**
 * The Incidents tab of an entity: the list, who would be told, one incident, and the whole log behind its evidence.
 */
export function IncidentsContent() {
  return (
    <Routes>
      <Route path="/" element={<IncidentList />} />
      <Route path="alerts" element={<AlertRulesPage />} />
      <Route path=":incidentId" element={<IncidentDetail />} />
      <Route path=":incidentId/logs/:jobId" element={<IncidentLog />} />
    </Routes>
  );
}
