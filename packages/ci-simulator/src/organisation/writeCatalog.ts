import { stringify } from 'yaml';
import {
  groups,
  operators,
  ORGANISATION,
  ServicePlan,
  services,
  systems,
  teams,
} from './blueprint';

type Entity = {
  apiVersion: 'backstage.io/v1alpha1';
  kind: string;
  metadata: Record<string, unknown>;
  spec: Record<string, unknown>;
};

const entity = (
  kind: string,
  metadata: Record<string, unknown>,
  spec: Record<string, unknown>,
): Entity => ({ apiVersion: 'backstage.io/v1alpha1', kind, metadata, spec });

/**
 * The organisation as entities of a Backstage catalog, in YAML.
 *
 * @param member - a user who belongs to a team beside the invented people, so
 *   that somebody who signs in owns something
 *
 * @public
 */
export function writeCatalog(
  options: { member?: { user: string; team: string } } = {},
): string {
  const { member } = options;
  const entities = [
    ...Object.entries(groups).map(([name, children]) =>
      entity('Group', { name }, { type: 'department', children }),
    ),
    ...Object.entries(teams).map(([name, people]) =>
      entity(
        'Group',
        {
          name,
          annotations: { 'ci-medic.io/slack-channel': `#${name}` },
        },
        {
          type: 'team',
          parent: parentOf(name),
          children: [],
          members: member?.team === name ? [...people, member.user] : people,
        },
      ),
    ),
    entity(
      'Group',
      { name: 'site-reliability', title: 'Site reliability' },
      { type: 'role', children: [], members: operators },
    ),
    ...Object.values(teams)
      .flat()
      .map(name =>
        entity(
          'User',
          { name },
          {
            profile: {
              displayName: displayName(name),
              email: `${name}@${ORGANISATION}.example`,
            },
            memberOf: [],
          },
        ),
      ),
    ...systems.map(({ name, owner, title }) =>
      entity('System', { name, title }, { owner: `group:default/${owner}` }),
    ),
    ...services.flatMap(entitiesOf),
  ];
  return entities.map(each => stringify(each)).join('---\n');
}

function entitiesOf(plan: ServicePlan): Entity[] {
  const { name, system, description, stack, tier, lifecycle, type } = plan;
  const owner = `group:default/${plan.owner}`;
  const { api, consumes = [], dependsOn = [], kit } = plan;
  const component = entity(
    'Component',
    {
      ...{ name, description },
      annotations: { 'github.com/project-slug': `${ORGANISATION}/${name}` },
      labels: { 'ci-medic.io/tier': String(tier) },
      tags: [stack, `tier-${tier}`],
    },
    {
      ...{ type, lifecycle, owner, system },
      ...(api ? { providesApis: [api] } : {}),
      ...(consumes.length ? { consumesApis: consumes } : {}),
      ...(kit || dependsOn.length
        ? {
            dependsOn: [...dependsOn, ...(kit ? [kit] : [])].map(
              each => `component:default/${each}`,
            ),
          }
        : {}),
    },
  );
  if (!api) {
    return [component];
  }
  const definition = `openapi: 3.0.3\ninfo: { title: ${api}, version: 1.0.0 }\npaths: {}\n`;
  return [
    component,
    entity(
      'API',
      { name: api, description: `What ${name} offers` },
      { type: 'openapi', lifecycle, owner, system, definition },
    ),
  ];
}

function parentOf(team: string): string | undefined {
  return Object.keys(groups).find(group => groups[group].includes(team));
}

/** `amara.nwosu` is Amara Nwosu. */
export function displayName(login: string): string {
  return login
    .split('.')
    .map(part => part[0].toUpperCase() + part.slice(1))
    .join(' ');
}
