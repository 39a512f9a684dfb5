import { PlaybooksContent } from '../playbooks/PlaybooksContent';
import { AnnotationGate } from './AnnotationGate';

/** The Playbooks tab as it stands on an entity's page. */
export function EntityPlaybooks() {
  return (
    <AnnotationGate>
      <PlaybooksContent />
    </AnnotationGate>
  );
}
