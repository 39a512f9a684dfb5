import { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';

/**
 * The secrets with which deliveries may be signed; `undefined` when the route is off.
 *
 * @throws InputError when the route is on without a secret.
 */
export function readWebhookSecrets(root: Config): string[] | undefined {
  const config = root.getOptionalConfig('ciMedic.github.webhook');
  const secrets = [
    config?.getOptionalString('secret'),
    ...(config?.getOptionalStringArray('additionalSecrets') ?? []),
  ].filter((secret): secret is string => Boolean(secret));
  const isEnabled = config?.getOptionalBoolean('enabled') ?? secrets.length > 0;
  if (!isEnabled) {
    return undefined;
  }
  if (secrets.length === 0) {
    throw new InputError(
      'ciMedic.github.webhook is on but has no secret, so anybody could post to it. Set ciMedic.github.webhook.secret to the secret of the webhook in GitHub, or set ciMedic.github.webhook.enabled to false.',
    );
  }
  return secrets;
}
