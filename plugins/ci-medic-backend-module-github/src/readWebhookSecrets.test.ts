import { ConfigReader } from '@backstage/config';
import { readWebhookSecrets } from './readWebhookSecrets';

const read = (webhook?: object) =>
  readWebhookSecrets(new ConfigReader({ ciMedic: { github: { webhook } } }));

describe('readWebhookSecrets', () => {
  it('turns the route on as soon as there is a secret', () => {
    expect(read({ secret: 'one' })).toEqual(['one']);
    expect(read({ secret: 'new', additionalSecrets: ['old'] })).toEqual([
      'new',
      'old',
    ]);
    expect(read({ additionalSecrets: ['old'] })).toEqual(['old']);
  });

  it('leaves the route off without a secret, or when told so', () => {
    expect(readWebhookSecrets(new ConfigReader({}))).toBeUndefined();
    expect(read({})).toBeUndefined();
    expect(read({ secret: 'one', enabled: false })).toBeUndefined();
  });

  it('does not start with a route that anybody could post to', () => {
    expect(() => read({ enabled: true })).toThrow(
      /on but has no secret.*ciMedic\.github\.webhook\.secret/,
    );
    expect(() => read({ enabled: true, additionalSecrets: [] })).toThrow(
      'has no secret',
    );
  });
});
