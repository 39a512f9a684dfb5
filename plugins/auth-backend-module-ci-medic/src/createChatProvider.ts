import { HttpAuthService, LoggerService } from '@backstage/backend-plugin-api';
import {
  InputError,
  NotAllowedError,
  NotFoundError,
  toError,
} from '@backstage/errors';
import {
  AuthProviderRouteHandlers,
  AuthResolverContext,
} from '@backstage/plugin-auth-node';
import { json, Request } from 'express';
import { z } from 'zod';

/** The only one that is answered. */
const ASKER = 'plugin:ci-medic';

const questionSchema = z.object({
  userRef: z.string().regex(/^user:[^:/\s]+\/[^:/\s]+$/),
});

/**
 * A provider that nobody signs in with. It gives the CI Medic backend, and nobody else, the identity of a user of the
 * catalog, so that the permission framework decides what that user may do, as it does for who signed in.
 */
export function createChatProvider(options: {
  httpAuth: HttpAuthService;
  logger: LoggerService;
  resolverContext: AuthResolverContext;
}): AuthProviderRouteHandlers {
  const { httpAuth, logger, resolverContext } = options;
  const parse = json({ limit: '4kb' });

  async function askedBy(request: Request): Promise<void> {
    const { principal } = await httpAuth.credentials(request, {
      allow: ['service'],
    });
    if (principal.subject !== ASKER) {
      throw new NotAllowedError(`Only ${ASKER} may ask who somebody is`);
    }
  }

  return {
    async start() {
      throw new NotFoundError('Nobody signs in here');
    },
    async frameHandler() {
      throw new NotFoundError('Nobody signs in here');
    },
    async refresh(request, response) {
      await askedBy(request);
      await new Promise<void>((resolve, reject) => {
        parse(request, response, error => (error ? reject(error) : resolve()));
      });
      const question = questionSchema.safeParse(request.body);
      if (!question.success) {
        throw new InputError('It has to be said whose identity is wanted');
      }
      const { userRef } = question.data;
      try {
        const { token } = await resolverContext.signInWithCatalogUser({
          entityRef: userRef,
        });
        response.json({ token });
      } catch (e) {
        const error = toError(e);
        if (error.name !== 'NotFoundError') {
          throw error;
        }
        logger.warn(`${userRef} is not let in: ${error.message}`);
        throw new NotAllowedError(`${userRef} is not let in`);
      }
    },
  };
}
