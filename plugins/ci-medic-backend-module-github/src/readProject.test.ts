import { Entity } from '@backstage/catalog-model';
import { ConfigReader } from '@backstage/config';
import { ScmIntegrations } from '@backstage/integration';
import { readProject } from './readProject';

const integrations = ScmIntegrations.fromConfig(
  new ConfigReader({
    integrations: {
      github: [
        { host: 'github.com' },
        {
          host: 'ghe.example:8443',
          apiBaseUrl: 'https://ghe.example:8443/api',
        },
      ],
    },
  }),
);

function read(annotations?: Record<string, string>) {
  const entity: Entity = {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: { name: 'shop', annotations },
  };
  return readProject(entity, integrations);
}

const SLUG = 'github.com/project-slug';

describe('readProject', () => {
  it('has nothing to do with entities without the annotation', () => {
    expect(read()).toBeUndefined();
    expect(read({ 'backstage.io/source-location': 'url:x' })).toBeUndefined();
  });

  it('takes the host that the sources are on', () => {
    expect(read({ [SLUG]: ' acme/shop.web ' })?.ref).toEqual({
      provider: 'github',
      host: 'github.com',
      slug: 'acme/shop.web',
    });
    for (const key of [
      'backstage.io/source-location',
      'backstage.io/managed-by-location',
    ]) {
      const url = 'url:https://ghe.example:8443/acme/shop/tree/main/';
      expect(read({ [SLUG]: 'acme/shop', [key]: url })?.ref.host).toBe(
        'ghe.example:8443',
      );
    }
    for (const location of [
      'url:https://elsewhere.example/acme/shop',
      'url:no address',
      'file:/etc/passwd',
    ]) {
      const annotations = {
        [SLUG]: 'acme/shop',
        'backstage.io/source-location': location,
      };
      expect(read(annotations)?.ref.host).toBe('github.com');
    }
  });

  it.each([
    '',
    'shop',
    'acme/shop/x',
    '/shop',
    'acme/',
    'acme/sh op',
    'acme/shop?x',
    'acme/%2e%2e',
    '../shop',
    'acme/..',
    './shop',
    `${'a'.repeat(101)}/shop`,
  ])('refuses the slug %p', slug => {
    expect(() => read({ [SLUG]: slug })).toThrow('must be owner/name');
  });

  it('reads lists of workflows and paths', () => {
    expect(
      read({
        [SLUG]: 'acme/shop',
        'ci-medic.io/workflows': 'ci.yml, Nightly *,',
        'ci-medic.io/paths': 'web/**',
      }),
    ).toMatchObject({ workflows: ['ci.yml', 'Nightly *'], paths: ['web/**'] });
    for (const key of ['ci-medic.io/workflows', 'ci-medic.io/paths']) {
      for (const list of [
        ...['', ' , ', 'x,'.repeat(201), 'x'.repeat(501)],
        ...['{1..99999}', 'a\u0007b'],
      ]) {
        expect(() => read({ [SLUG]: 'acme/shop', [key]: list })).toThrow(key);
      }
    }
  });
});
