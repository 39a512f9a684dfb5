import { EntityRefLink } from '@backstage/plugin-catalog-react';

const ENTITY_REF = /^[^:/\s]+:[^:/\s]+\/[^:/\s]+$/;

/**
 * A place in a channel: an entity of the catalog is a link.
 */
export function AlertPlace({ destination }: { destination: string }) {
  return ENTITY_REF.test(destination) ? (
    <EntityRefLink entityRef={destination} />
  ) : (
    <strong>{destination}</strong>
  );
}
