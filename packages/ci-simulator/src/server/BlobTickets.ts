import { createHmac, randomBytes, timingSafeEqual } from 'crypto';
import { Links } from '../shapes/Links';

/** What can be downloaded, by kind and identifier. */
export type BlobRef = {
  kind: 'job-log' | 'attempt-logs' | 'artifact';
  /** Of the job or artifact; `run-attempt` for logs of an attempt. */
  id: string;
};

const LIFETIME_MS = 60_000;

/**
 * Addresses of the blob store that downloads are redirected to. As with the
 * real one, an address is signed, needs no token and is valid for a minute.
 */
export class BlobTickets {
  readonly #links: Links;
  readonly #secret = randomBytes(32);

  private constructor(links: Links) {
    this.#links = links;
  }

  static create(links: Links): BlobTickets {
    return new BlobTickets(links);
  }

  /** @param apiPath - the route that leads here; faults are set by that path */
  issue({ kind, id }: BlobRef, apiPath: string): string {
    const url = new URL(this.#links.web(`/_blob/${kind}/${id}`));
    const expiry = new Date(Date.now() + LIFETIME_MS).toISOString();
    url.searchParams.set('se', expiry);
    url.searchParams.set('sp', 'r');
    url.searchParams.set('sr', 'b');
    url.searchParams.set('for', apiPath);
    url.searchParams.set('sig', this.#sign(kind, id, expiry, apiPath));
    return url.toString();
  }

  /** Whether an address was issued here and has not run out. */
  isValid({ kind, id }: BlobRef, query: Record<string, string | undefined>) {
    const { se = '', for: apiPath = '', sig = '' } = query;
    const given = Buffer.from(sig);
    const expected = Buffer.from(this.#sign(kind, id, se, apiPath));
    return (
      given.length === expected.length &&
      timingSafeEqual(given, expected) &&
      Date.parse(se) > Date.now()
    );
  }

  #sign(...parts: string[]): string {
    return createHmac('sha256', this.#secret)
      .update(parts.join('\n'))
      .digest('base64');
  }
}
