import { PlaybookBody } from './PlaybookBody';

/**
 * A playbook as far as it concerns some entities: what others have to do with it is counted, not told.
 */
export function narrowPlaybook(
  body: PlaybookBody,
  seen: (entityRef: string) => boolean,
): { body: PlaybookBody; others: number } {
  const concerns = ({ entityRefs }: { entityRefs: string[] }) =>
    entityRefs.some(seen);
  const struck = body.struck.filter(({ entityRef }) => seen(entityRef));
  return {
    body: {
      ...body,
      struck,
      causes: body.causes.filter(concerns),
      unusual: (body.unusual ?? []).filter(concerns),
      fixes: body.fixes.filter(concerns),
      incidents: body.incidents.filter(concerns).map(incident => ({
        ...incident,
        entityRefs: incident.entityRefs.filter(seen),
      })),
    },
    others: body.struck.length - struck.length,
  };
}
