import { NotificationService } from '@backstage/plugin-notifications-node';
import {
  AlertChannel,
  AlertDestination,
  AlertMessage,
  AlertOwner,
} from '@ci-medic/plugin-ci-medic-node';

const DESCRIPTION_LENGTH = 2_000;

/**
 * Backstage's own notifications: to the members of the owning group, one for each incident, changed in place.
 */
export class NotificationsChannel implements AlertChannel {
  readonly id = 'notifications';
  readonly title = 'Backstage notifications';

  readonly #notifications: NotificationService;

  constructor(options: { notifications: NotificationService }) {
    this.#notifications = options.notifications;
  }

  route({ owners }: { owners: AlertOwner[] }): AlertDestination[] {
    if (owners.length === 0) {
      return [{ because: 'The entity has no owner in the catalog' }];
    }
    return owners.map(({ ref, groups }) =>
      groups.length > 0
        ? { destination: ref, because: `${ref} owns the entity` }
        : { because: `The catalog does not have the owner ${ref}` },
    );
  }

  async send(request: {
    destination: string;
    message: AlertMessage;
  }): Promise<{ externalId: string }> {
    const { destination, message } = request;
    // A notification of the same scope replaces the one before.
    const scope = `ci-medic:incident:${message.incidentId}`;
    await this.#notifications.send({
      recipients: { type: 'entity', entityRef: destination },
      payload: {
        title: message.title,
        description: descriptionOf(message),
        link: message.path,
        severity: message.state === 'open' ? 'high' : 'normal',
        topic: 'ci-medic',
        scope,
      },
    });
    return { externalId: scope };
  }
}

function descriptionOf(message: AlertMessage): string {
  const { summary, diagnosis, evidence, cause, next } = message;
  return [summary, diagnosis?.text, cause, ...next, ...evidence]
    .filter(line => line !== undefined)
    .join('\n')
    .slice(0, DESCRIPTION_LENGTH);
}
