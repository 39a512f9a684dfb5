import { ErrorPanel, ProxiedSignInPage } from '@backstage/core-components';
import { type IdentityApi } from '@backstage/frontend-plugin-api';
import { type SignInPageProps } from '@backstage/plugin-app-react';
import { Button, Container, Flex } from '@backstage/ui';
import { startTransition, useState } from 'react';
import { DemoWelcome } from './DemoWelcome';
import { demoVisitor } from './demoVisitor';

/**
 * The first page of a portal with a simulated organisation: says that it is one,
 * and lets the visitor in as any of its people.
 */
export function DemoSignInPage({ onSignInSuccess }: SignInPageProps) {
  const [user, setUser] = useState(demoVisitor.read);

  const leave = () => {
    demoVisitor.forget();
    setUser(undefined);
  };

  if (!user) {
    return (
      <DemoWelcome
        // What comes next loads its texts first.
        onChoose={name => startTransition(() => setUser(name))}
      />
    );
  }
  return (
    <ProxiedSignInPage
      provider="demo"
      headers={{ 'x-demo-user': user }}
      onSignInSuccess={identity => {
        demoVisitor.remember(user);
        onSignInSuccess(forgettingVisitor(identity));
      }}
      ErrorComponent={({ error }) => (
        <Container>
          <Flex direction="column" gap="4" align="start">
            <ErrorPanel
              title={`Could not go in as ${user}`}
              error={error ?? new Error('The portal did not answer')}
            />
            <Button onPress={leave}>Choose somebody else</Button>
          </Flex>
        </Container>
      )}
    />
  );
}

/** Otherwise whoever signs out would come in again at once. */
function forgettingVisitor(identity: IdentityApi): IdentityApi {
  return {
    getProfileInfo: () => identity.getProfileInfo(),
    getBackstageIdentity: () => identity.getBackstageIdentity(),
    getCredentials: () => identity.getCredentials(),
    signOut: async () => {
      demoVisitor.forget();
      await identity.signOut();
    },
  };
}
