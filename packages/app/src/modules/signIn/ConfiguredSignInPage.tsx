import { SignInPage } from '@backstage/core-components';
import {
  configApiRef,
  githubAuthApiRef,
  useApi,
} from '@backstage/frontend-plugin-api';
import { type SignInPageProps } from '@backstage/plugin-app-react';
import { DemoSignInPage } from './DemoSignInPage';

const github = {
  id: 'github-auth-provider',
  title: 'GitHub',
  message: 'Sign in with your GitHub account',
  apiRef: githubAuthApiRef,
};

/**
 * Offers only the ways in that work here: a GitHub button without an OAuth app
 * behind it would end in an error.
 */
export function ConfiguredSignInPage(props: SignInPageProps) {
  const ways = useApi(configApiRef).getOptionalStringArray('app.signIn') ?? [
    'guest',
    'github',
  ];

  if (ways.includes('demo')) {
    return <DemoSignInPage {...props} />;
  }
  return (
    <SignInPage
      {...props}
      title="CI Medic"
      align="center"
      providers={ways.map(way => (way === 'github' ? github : 'guest'))}
    />
  );
}
