import { CiHealthContent } from '../health';
import { AnnotationGate } from './AnnotationGate';

/** The CI health tab as it stands on an entity's page. */
export function EntityCiHealth() {
  return (
    <AnnotationGate>
      <CiHealthContent />
    </AnnotationGate>
  );
}
