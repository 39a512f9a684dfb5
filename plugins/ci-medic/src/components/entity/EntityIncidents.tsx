import { IncidentsContent } from '../incidents/IncidentsContent';
import { AnnotationGate } from './AnnotationGate';

/** The Incidents tab as it stands on an entity's page. */
export function EntityIncidents() {
  return (
    <AnnotationGate>
      <IncidentsContent />
    </AnnotationGate>
  );
}
