import { AuthenticationError, InputError } from '@backstage/errors';
import { CiWebhook } from '@ci-medic/plugin-ci-medic-node';
import { createHmac, timingSafeEqual } from 'crypto';
import { IncomingHttpHeaders } from 'http';

/** Signs as GitHub does, with headers of its own. */
export class MemoryWebhook implements CiWebhook {
  readonly #secret: string;

  constructor(secret: string) {
    this.#secret = secret;
  }

  /** Headers of a delivery that is signed right. */
  sign(
    body: Buffer,
    delivery: { id: string; event?: string },
  ): Record<string, string> {
    return {
      'x-memory-signature': createHmac('sha256', this.#secret)
        .update(body)
        .digest('hex'),
      'x-memory-delivery': delivery.id,
      'x-memory-event': delivery.event ?? 'ci',
    };
  }

  verify({ headers, body }: { headers: IncomingHttpHeaders; body: Buffer }) {
    const given = Buffer.from(String(headers['x-memory-signature']), 'hex');
    const expected = createHmac('sha256', this.#secret).update(body).digest();
    if (given.length !== expected.length || !timingSafeEqual(given, expected)) {
      throw new AuthenticationError('The signature is missing or wrong');
    }
    const deliveryId = headers['x-memory-delivery'];
    if (typeof deliveryId !== 'string') {
      throw new InputError('The header X-Memory-Delivery is needed');
    }
    return { deliveryId, event: String(headers['x-memory-event']) };
  }

  interpret({ event, body }: { event: string; body: Buffer }) {
    if (event !== 'ci') {
      const reason = `The event ${event} says nothing here`;
      return { kind: 'ignored' as const, reason };
    }
    let payload: any;
    try {
      payload = JSON.parse(body.toString());
    } catch {
      throw new InputError('The body is not JSON');
    }
    if (payload.kind !== 'run' && payload.kind !== 'job') {
      throw new InputError('The delivery tells of neither a run nor a job');
    }
    return payload;
  }
}
