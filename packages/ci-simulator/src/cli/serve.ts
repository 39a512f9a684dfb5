import { access, mkdir, writeFile } from 'fs/promises';
import { dirname, join, resolve } from 'path';
import { createSimulator } from '../createSimulator';
import { writeCatalog } from '../organisation/writeCatalog';
import { Simulator } from '../Simulator';
import { deliverAtStart } from './deliverAtStart';

/** Options of `serve` as the command line gives them. */
export type ServeOptions = {
  recordings?: string | boolean;
  archives?: string[];
  host: string;
  port: string;
  publicUrl?: string;
  webhookUrl?: string;
  webhookSecret?: string;
  hookId: string;
  deliver: string;
  rateLimit: string;
  freshMinutes: string;
  keepTimes?: boolean;
  organisation?: boolean;
  seed: string;
  weeks: string;
  speed: string;
  until?: string;
  catalog?: string;
  catalogMember?: string;
  load: string;
  loadFailing: string;
  rerunPassing: string;
  haste: string;
};

/** Starts the server, says so in one line, and runs until it is told to end. */
export async function serve(options: ServeOptions): Promise<void> {
  const { webhookUrl: url, webhookSecret: secret } = options;
  if (Boolean(url) !== Boolean(secret)) {
    throw new Error('--webhook-url and --webhook-secret need each other');
  }
  if (!['none', 'newest', 'all'].includes(options.deliver)) {
    throw new Error('--deliver must be none, newest or all');
  }
  if (options.catalog) {
    const member = memberOf(options.catalogMember);
    await mkdir(dirname(resolve(options.catalog)), { recursive: true });
    await writeFile(options.catalog, writeCatalog({ member }));
  }
  // Recordings tell of another present than the organisation's.
  const isRecorded =
    !options.organisation || typeof options.recordings === 'string';
  const simulator = await createSimulator({
    recordings: isRecorded ? await recordingsOf(options.recordings) : undefined,
    organisation: options.organisation
      ? {
          seed: options.seed,
          weeks: decimal(options.weeks, '--weeks'),
          speed: decimal(options.speed, '--speed'),
          until: timeOf(options.until),
        }
      : undefined,
    archives: options.archives,
    host: options.host,
    port: count(options.port, '--port'),
    publicUrl: options.publicUrl,
    webhook:
      url && secret
        ? { url, secret, hookId: count(options.hookId, '--hook-id') }
        : undefined,
    rateLimit: {
      limit: count(options.rateLimit, '--rate-limit'),
      windowSeconds: 3600,
    },
    freshMinutes: count(options.freshMinutes, '--fresh-minutes'),
    keepTimes: options.keepTimes,
    load:
      options.load === '0'
        ? undefined
        : {
            runs: count(options.load, '--load'),
            failing: decimal(options.loadFailing, '--load-failing'),
          },
    reruns: {
      passing: decimal(options.rerunPassing, '--rerun-passing'),
      haste: decimal(options.haste, '--haste'),
    },
  });
  for (const { archive, problem } of simulator.archives) {
    if (problem) {
      process.stderr.write(`${archive}: ${problem}\n`);
    }
  }
  process.stdout.write(`ready ${simulator.url}\n`);
  const stopped = new AbortController();
  endOnSignal(simulator, stopped);
  if (url && options.deliver !== 'none') {
    await deliverAtStart({
      simulator,
      which: options.deliver as 'newest' | 'all',
      signal: stopped.signal,
    });
  }
}

/** The package's own recordings, where they are there. */
async function recordingsOf(
  given: string | boolean | undefined,
): Promise<string | undefined> {
  if (typeof given === 'string') {
    return resolve(given);
  }
  if (given === false) {
    return undefined;
  }
  const root = require.resolve('@ci-medic/ci-simulator/package.json');
  const own = join(dirname(root), 'recordings');
  return access(own).then(
    () => own,
    () => undefined,
  );
}

function count(text: string, option: string): number {
  if (!/^\d{1,9}$/.test(text)) {
    throw new Error(`${option} must be a number`);
  }
  return Number(text);
}

function timeOf(text: string | undefined): number | undefined {
  const time = text === undefined ? undefined : Date.parse(text);
  if (Number.isNaN(time)) {
    throw new Error('--until must be a time such as 2026-01-31T00:00:00Z');
  }
  return time;
}

/** `guest:team-payments`. */
export function memberOf(
  text: string | undefined,
): { user: string; team: string } | undefined {
  const [user, team] = text?.split(':') ?? [];
  if (text !== undefined && !team) {
    throw new Error('a member is given as user:team');
  }
  return team ? { user, team } : undefined;
}

function decimal(text: string, option: string): number {
  if (!/^\d{1,9}(\.\d{1,9})?$/.test(text)) {
    throw new Error(`${option} must be a number`);
  }
  return Number(text);
}

function endOnSignal(simulator: Simulator, stopped: AbortController): void {
  const end = () => {
    stopped.abort();
    simulator.close().catch(() => {});
  };
  process.once('SIGINT', end);
  process.once('SIGTERM', end);
}
