import { dirname, join } from 'path';
import { Organisation } from './organisation/Organisation';
import { loadArchives } from './archives/loadArchives';
import { RerunOptions } from './engine/Outcomes';
import { createLoad, LoadOptions } from './load/createLoad';
import { loadRecordings } from './recordings/loadRecordings';
import { RateLimitOptions } from './server/RateLimit';
import { Simulator, startSimulator } from './Simulator';
import { WebhookTarget } from './webhooks/WebhookSender';
import { World } from './world/World';

const DAY_MS = 24 * 3_600_000;
const MORNING_MS = 7 * 3_600_000;

/**
 * What a simulated CI server is made of.
 *
 * @public
 */
export type SimulatorOptions = {
  /** Folder of recordings; see `recordingSchema`. */
  recordings?: string;
  /** Downloaded archives of logs: files, folders, or paths with `*`. */
  archives?: string[];
  /** 127.0.0.1 when missing. */
  host?: string;
  /** Any free one when missing. */
  port?: number;
  /** How clients see the server; where it listens when missing. */
  publicUrl?: string;
  /** Where webhooks go. */
  webhook?: WebhookTarget;
  /** 5,000 requests an hour for each token when missing. */
  rateLimit?: RateLimitOptions;
  /** How long ago the newest run ended when the server starts; 5 when missing. */
  freshMinutes?: number;
  /** Leaves times as they were recorded. */
  keepTimes?: boolean;
  /** Many small runs for measurements. */
  load?: LoadOptions;
  /** A living organisation beside recordings and archives. */
  organisation?: {
    /** The same seed, weeks and end give the same history to the byte; 1. */
    seed?: string | number;
    /** Weeks of history; 8. */
    weeks?: number;
    /** When the history ends; a working morning at least two days ago. */
    until?: number;
    /** File of recorded fragments; the package's own when missing. */
    fragments?: string;
    /**
     * Simulated milliseconds a real one, never past the machine's own clock;
     * 60, an hour a minute. With 0 time only moves by `timeline.advance`.
     */
    speed?: number;
  };
  /** How reruns of recorded builds end, and how fast. */
  reruns?: RerunOptions;
};

/**
 * Starts a CI server with GitHub's REST API that plays recorded builds and
 * downloaded archives.
 *
 * @throws when a recording is malformed, an archive's place is empty, or the
 *   port is taken; archives that cannot be read are reported, not thrown
 *
 * @public
 */
export async function createSimulator(
  options: SimulatorOptions = {},
): Promise<Simulator> {
  const { host = '127.0.0.1', port = 0, freshMinutes = 5 } = options;
  const shiftTo = options.keepTimes
    ? undefined
    : Date.now() - freshMinutes * 60_000;
  const recorded = options.recordings
    ? await loadRecordings(options.recordings, { shiftTo })
    : [];
  const archived = options.archives?.length
    ? await loadArchives({ places: options.archives, shiftTo })
    : { repositories: [], reports: [] };
  const load = options.load ? createLoad(options.load, Date.now()) : [];
  const { publicUrl, webhook, rateLimit, reruns } = options;
  const { speed = 60, ...asked } = options.organisation ?? {};
  const organisation = options.organisation
    ? Organisation.create({
        ...asked,
        until: asked.until ?? standardEnd(Date.now()),
        fragments: asked.fragments ?? ownFragments(),
      })
    : undefined;
  const others = [...recorded, ...archived.repositories, ...load];
  others.forEach(repository => organisation?.world.addRepository(repository));
  return startSimulator({
    world: organisation?.world ?? World.create(others),
    organisation,
    pace: organisation && { speed, neverAhead: true },
    archives: archived.reports,
    ...{ host, port, publicUrl, webhook, rateLimit, reruns },
  });
}

/**
 * A working morning, two days ago or a little longer: late enough to be fresh,
 * early enough that time can pass quickly for a while, the same all day.
 */
function standardEnd(now: number): number {
  let day = Math.floor(now / DAY_MS) * DAY_MS - 2 * DAY_MS;
  while (![1, 2, 3, 4].includes(new Date(day).getUTCDay())) {
    day -= DAY_MS;
  }
  return day + MORNING_MS;
}

/** The recordings that come with the package. */
function ownFragments(): string {
  const root = require.resolve('@ci-medic/ci-simulator/package.json');
  return join(dirname(root), 'recordings/fragments/fragments.json.gz');
}
