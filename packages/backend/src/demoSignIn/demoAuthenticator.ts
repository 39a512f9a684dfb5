import { InputError, NotAllowedError } from '@backstage/errors';
import { createProxyAuthenticator } from '@backstage/plugin-auth-node';

/** Names the user of the catalog as whom a visitor comes in. */
export const DEMO_USER_HEADER = 'x-demo-user';

const LOOPBACK = /^(::ffff:)?127\.|^::1$/;
const NAME = /^[a-z0-9]+(?:[._-][a-z0-9]+)*$/i;

/**
 * Believes visitors who they say they are. Only those on this machine are asked,
 * and browsers let no other site set the header.
 */
export const demoAuthenticator = createProxyAuthenticator({
  defaultProfileTransform: async ({ user }: { user: string }) => ({
    profile: { displayName: user },
  }),
  initialize: () => undefined,
  async authenticate({ req }) {
    if (!LOOPBACK.test(req.socket.remoteAddress ?? '')) {
      throw new NotAllowedError('The demo is for this machine only');
    }
    const user = req.header(DEMO_USER_HEADER);
    if (!user || user.length > 63 || !NAME.test(user)) {
      throw new InputError(`${DEMO_USER_HEADER} must name a user`);
    }
    return { result: { user } };
  },
});
