import { mockServices } from '@backstage/backend-test-utils';
import { ConfigReader } from '@backstage/config';
import {
  DefaultGithubCredentialsProvider,
  ScmIntegrations,
} from '@backstage/integration';
import { GithubClients } from './GithubClients';

function createClients() {
  const integrations = ScmIntegrations.fromConfig(
    new ConfigReader({
      integrations: {
        github: [
          { host: 'ghe.example', token: 'top-secret' },
          { host: 'with.example', apiBaseUrl: 'https://api.with.example/' },
          {
            host: '127.0.0.1:4000',
            apiBaseUrl: 'http://127.0.0.1:4000/api/v3',
          },
        ],
      },
    }),
  );
  const logger = mockServices.logger.mock();
  const credentials =
    DefaultGithubCredentialsProvider.fromIntegrations(integrations);
  return {
    logger,
    clients: new GithubClients({ integrations, credentials, logger }),
  };
}

const project = (host: string) => ({
  ...{ provider: 'github', host, slug: 'acme/shop' },
});

describe('GithubClients', () => {
  it('never sends the token of an Enterprise server to github.com', async () => {
    const { clients } = createClients();
    const octokit = await clients.for(project('ghe.example'));
    const { url } = octokit.request.endpoint('GET /user');
    expect(url).toBe('https://ghe.example/api/v3/user');
  });

  it('knows the addresses of configured hosts, and of github.com', () => {
    const { clients } = createClients();
    expect(clients.apiUrl('with.example')).toBe('https://api.with.example');
    expect(clients.apiUrl('github.com')).toBe('https://api.github.com');
    expect(clients.webUrl('with.example')).toBe('https://with.example');
    expect(clients.webUrl('127.0.0.1:4000')).toBe('http://127.0.0.1:4000');
    expect(() => clients.apiUrl('evil.example')).toThrow(
      'integrations.github has no entry for the host evil.example',
    );
  });

  it('says once that there are no credentials for a host', async () => {
    const { clients, logger } = createClients();
    await clients.for(project('github.com'));
    await clients.for(project('github.com'));
    await clients.for(project('ghe.example'));
    expect(logger.warn).toHaveBeenCalledTimes(1);
    expect(logger.warn).toHaveBeenCalledWith(
      expect.stringContaining('no credentials for github.com'),
    );
  });
});
