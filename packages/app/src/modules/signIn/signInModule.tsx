import { createFrontendModule } from '@backstage/frontend-plugin-api';
import { SignInPageBlueprint } from '@backstage/plugin-app-react';

const signInPage = SignInPageBlueprint.make({
  params: {
    loader: () =>
      import('./ConfiguredSignInPage').then(m => m.ConfiguredSignInPage),
  },
});

/** The page before the portal, with the ways in that `app.signIn` lists. */
export const signInModule = createFrontendModule({
  pluginId: 'app',
  extensions: [signInPage],
});
