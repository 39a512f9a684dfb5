import { LoggerService } from '@backstage/backend-plugin-api';
import { Evidence } from '@ci-medic/detection';
import {
  CiChanges,
  CommitComparison,
  ComparedCommit,
  RateLimitedError,
  SuspectCandidate,
  SuspectedIncident,
  SuspectSource,
} from '@ci-medic/plugin-ci-medic-node';

type Options = {
  sources: SuspectSource[];
  /** What tells commits of a CI system apart; absent where it cannot. */
  changesOf(provider: string): CiChanges | undefined;
  logger: LoggerService;
};

type Missing = { part: string; reason: string };

/** All that changed before an incident. Plain data: it is stored and ranked again when more runs are known. */
export type CollectedChanges = {
  comparison?: CommitComparison;
  suspects: SuspectCandidate[];
  infrastructure: Evidence[];
  missing: Missing[];
  /** When to ask again for what is missing, in epoch milliseconds; absent when asking again would not help. */
  retryAt?: number;
};

const MOST_COMMITS = 300;
/** Of a long range, the files of the newest commits only are asked for. */
const MOST_COMMITS_WITH_FILES = 40;
const AT_ONCE = 4;
const RETRY_MS = 5 * 60_000;
const REASON_LENGTH = 300;

/**
 * Asks all sources what changed before an incident. One that fails is named with its reason, and the others answer.
 */
export class ChangeCollector {
  readonly #options: Options;

  constructor(options: Options) {
    this.#options = options;
  }

  async collect(
    incident: Omit<SuspectedIncident, 'comparison'>,
    signal: AbortSignal,
  ): Promise<CollectedChanges> {
    const collected: CollectedChanges = {
      ...{ suspects: [], infrastructure: [], missing: [] },
    };
    const attempt = async <T>(part: string, work: () => Promise<T>) => {
      try {
        return await work();
      } catch (error) {
        signal.throwIfAborted();
        this.#note(collected, part, error as Error);
        return undefined;
      }
    };
    collected.comparison = await attempt('commits', () =>
      this.#compare(incident, collected, signal),
    );
    const { comparison } = collected;
    for (const source of this.#options.sources) {
      const found = await attempt(source.id, () =>
        source.collect({ ...incident, comparison }, signal),
      );
      collected.suspects.push(...(found?.suspects ?? []));
      collected.infrastructure.push(...(found?.infrastructure ?? []));
      collected.missing.push(...(found?.missing ?? []));
    }
    return collected;
  }

  async #compare(
    incident: Omit<SuspectedIncident, 'comparison'>,
    collected: CollectedChanges,
    signal: AbortSignal,
  ): Promise<CommitComparison | undefined> {
    const { project, lastPass, firstFail } = incident;
    const changes = this.#options.changesOf(project.provider);
    if (!changes || !lastPass) {
      return undefined;
    }
    if (lastPass.sha === firstFail.sha) {
      return { commits: [], totalCommits: 0, files: [], filesTruncated: false };
    }
    const comparison = await changes.compareCommits({
      ...{ project, signal, base: lastPass.sha, head: firstFail.sha },
      mostCommits: MOST_COMMITS,
    });
    const { commits, totalCommits } = comparison;
    const left = totalCommits - commits.length;
    if (left > 0) {
      const reason = `The range has ${totalCommits.toLocaleString(
        'en',
      )} commits; the oldest ${left.toLocaleString('en')} were not looked at`;
      collected.missing.push({ part: 'commits', reason });
    }
    const newest = commits.slice(-MOST_COMMITS_WITH_FILES);
    if (newest.length < commits.length) {
      const reason = `Which files the oldest ${
        commits.length - newest.length
      } of ${commits.length} commits changed was not asked`;
      collected.missing.push({ part: 'commits', reason });
    }
    if (totalCommits === 1 && !comparison.filesTruncated) {
      newest[0] = { ...newest[0], files: comparison.files };
    } else {
      await inTurns(newest, AT_ONCE, async (commit, index) => {
        const { sha } = commit;
        const files = await changes.commitFiles({ project, sha, signal });
        newest[index] = { ...commit, files };
      });
    }
    return {
      ...comparison,
      commits: [...commits.slice(0, -newest.length || undefined), ...newest],
    };
  }

  #note(collected: CollectedChanges, part: string, error: Error) {
    const isGone = error.name === 'NotFoundError';
    const reason = error.message.slice(0, REASON_LENGTH);
    collected.missing.push({
      part,
      reason: isGone
        ? `A commit of the range is gone, as after a forced push: ${reason}`
        : reason,
    });
    if (!isGone && error.name !== 'ZodError') {
      const retryAt =
        error.name === 'RateLimitedError'
          ? (error as RateLimitedError).retryAt.getTime()
          : Date.now() + RETRY_MS;
      collected.retryAt = Math.max(collected.retryAt ?? 0, retryAt);
    }
    this.#options.logger.info(`Suspects of ${part} are missing: ${reason}`);
  }
}

async function inTurns(
  items: ComparedCommit[],
  atOnce: number,
  work: (item: ComparedCommit, index: number) => Promise<void>,
) {
  for (let start = 0; start < items.length; start += atOnce) {
    await Promise.all(
      items
        .slice(start, start + atOnce)
        .map((item, index) => work(item, start + index)),
    );
  }
}
