import { Route, Routes } from 'react-router-dom';
import { RunLog, RunPage } from '../run';
import {
  AnomalySettingsPage,
  SeriesPage,
  TestPage,
  TestsPage,
} from '../series';
import { HealthOverview } from './HealthOverview';

/**
 * The CI health tab of an entity: figures and runs, one run, the whole log of one of its jobs, series, and
 * the reliability of tests.
 */
export function CiHealthContent() {
  return (
    <Routes>
      <Route path="/" element={<HealthOverview />} />
      <Route path="runs/:runId" element={<RunPage />} />
      <Route path="runs/:runId/logs/:jobId" element={<RunLog />} />
      <Route path="series" element={<SeriesPage />} />
      <Route path="series/:subjectId/:metric" element={<SeriesPage />} />
      <Route path="tests" element={<TestsPage />} />
      <Route path="tests/:testId" element={<TestPage />} />
      <Route path="anomaly-settings" element={<AnomalySettingsPage />} />
    </Routes>
  );
}
