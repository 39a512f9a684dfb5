import { Entity } from '@backstage/catalog-model';
import { ANNOTATION_GITHUB_PROJECT_SLUG } from '@ci-medic/plugin-ci-medic-common';

function serviceOf(name: string, title: string, slug?: string): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: {
      name,
      namespace: 'default',
      title,
      annotations: slug ? { [ANNOTATION_GITHUB_PROJECT_SLUG]: slug } : {},
    },
    spec: { type: 'service', lifecycle: 'production', owner: 'guests' },
  };
}

/** A service of each kind that the tabs know: with runs, without, forbidden, unreachable and with a bad annotation. */
export const demoEntities: Entity[] = [
  serviceOf('shop', 'Shop', 'acme/shop'),
  serviceOf('quiet', 'Quiet: no run yet', 'acme/quiet'),
  serviceOf('secret', 'Secret: not allowed', 'acme/secret'),
  serviceOf('broken', 'Broken: the backend is away', 'acme/broken'),
  serviceOf('wrong', 'Wrong: malformed annotation', 'https://acme.example'),
];
