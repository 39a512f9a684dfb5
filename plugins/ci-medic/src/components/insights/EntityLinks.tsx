import { useRouteRef } from '@backstage/core-plugin-api';
import { parseEntityRef } from '@backstage/catalog-model';
import { entityRouteRef } from '@backstage/plugin-catalog-react';
import { Link } from '@backstage/ui';
import { Fragment, ReactNode } from 'react';

/** Path of an entity's page, or of a tab of it. */
export function useEntityPath(): (entityRef: string, tab?: string) => string {
  const entityPath = useRouteRef(entityRouteRef);
  return (entityRef, tab) => {
    const path = entityPath(parseEntityRef(entityRef));
    return tab ? `${path}/${tab}` : path;
  };
}

/** Leads to an incident in the tab of one of its entities. */
export function IncidentLink(props: {
  entityRef: string | undefined;
  incidentId: string;
  children: ReactNode;
}) {
  const pathOf = useEntityPath();
  return props.entityRef ? (
    <Link
      href={pathOf(
        props.entityRef,
        `incidents/${encodeURIComponent(props.incidentId)}`,
      )}
    >
      {props.children}
    </Link>
  ) : (
    <>{props.children}</>
  );
}

/** Leads to a playbook in the tab of one of its entities. */
export function PlaybookLink(props: {
  entityRef: string;
  playbookId: string;
  children: ReactNode;
}) {
  const pathOf = useEntityPath();
  return (
    <Link
      href={pathOf(
        props.entityRef,
        `playbooks/${encodeURIComponent(props.playbookId)}`,
      )}
    >
      {props.children}
    </Link>
  );
}

/** Names of entities as links to their pages. */
export function EntityLinks(props: { entityRefs: string[] }) {
  const pathOf = useEntityPath();
  return (
    <>
      {props.entityRefs.map((ref, index) => (
        <Fragment key={ref}>
          {index > 0 && ', '}
          <Link href={pathOf(ref)}>{parseEntityRef(ref).name}</Link>
        </Fragment>
      ))}
    </>
  );
}
