import {
  AuthService,
  BackstageCredentials,
} from '@backstage/backend-plugin-api';

/** A token with which CI Medic is asked on behalf of somebody. */
export async function tokenOf(
  auth: AuthService,
  onBehalfOf: BackstageCredentials,
): Promise<string> {
  const { token } = await auth.getPluginRequestToken({
    onBehalfOf,
    targetPluginId: 'ci-medic',
  });
  return token;
}
