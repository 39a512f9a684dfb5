import { createApp } from '@backstage/frontend-defaults';
import { navModule } from './modules/nav';
import { signInModule } from './modules/signIn';

// Plugins are not listed: `app.packages: all` in app-config.yaml takes every
// plugin that package.json depends on.
export default createApp({
  features: [navModule, signInModule],
});
