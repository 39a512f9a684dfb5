import { Attempt, LedgerEntry, Run, Simulator } from '@ci-medic/ci-simulator';
import { CiMedicClient, Remediation } from '@ci-medic/plugin-ci-medic-common';
import { incidentsOf } from '../series/incidentsOf';
import { causeOf } from './episodes';

/** Something that CI Medic did, and what came of it by the hidden truth. */
export type JudgedAction = {
  action: string;
  started: 'automatic' | 'person';
  verdict: 'useful' | 'useless' | 'harmful' | 'open';
  /** Why, in a few words. */
  because: string;
  kind?: string;
  /** Which jobs had failed, of what. */
  failures?: string;
  /** Why CI Medic wanted it. */
  why?: string;
};

/** All that was done about failures. What takes something back is not counted. */
export async function judgeActions(options: {
  simulator: Simulator;
  client: CiMedicClient;
  entityRefs: Iterable<string>;
}): Promise<JudgedAction[]> {
  const { simulator, client } = options;
  const judged: JudgedAction[] = [];
  for (const { id: incidentId } of await incidentsOf(
    client,
    options.entityRefs,
  )) {
    const { items } = await client.listRemediations({ incidentId });
    for (const done of items) {
      if (done.stagesDone === 0 || done.action === 'return-runner') {
        continue;
      }
      const { run } = await client.getRun({ runId: done.runId });
      const why = done.planId
        ? (await client.getPlan({ planId: done.planId })).words.why
        : undefined;
      const one = judge(done, Number(run.externalId), simulator);
      judged.push({ ...one, why });
    }
  }
  return judged;
}

function judge(
  done: Remediation,
  runId: number,
  simulator: Simulator,
): JudgedAction {
  const { repository, run } = simulator.world.run(runId)!;
  const failed = run.attempts.find(({ attempt }) => attempt === done.attempt)!;
  const kind = causeOf(simulator, run, failed)?.kind;
  const failures = describeFailures(simulator, run, failed);
  const said = (verdict: JudgedAction['verdict'], because: string) => ({
    ...{ action: done.action, verdict, because, kind, failures },
    started:
      done.requestedBy === 'ci-medic'
        ? ('automatic' as const)
        : ('person' as const),
  });
  const { runs } = repository;
  const harm = harmOf(done, run, failed, { simulator, runs });
  if (harm) {
    return said('harmful', harm);
  }
  if (done.action === 'canary') {
    return judgeCanary(done, kind, said);
  }
  const dispatched = changesOf(done, run, simulator).find(
    ({ action }) => action === 'dispatch',
  );
  const result = dispatched?.run
    ? simulator.world.run(dispatched.run)!.run.attempts.at(-1)!
    : run.attempts.find(({ attempt }) => attempt > done.attempt);
  if (!result || result.status !== 'completed') {
    return said('open', done.reason);
  }
  return result.conclusion === 'success'
    ? said('useful', 'It passed then')
    : said(
        'useless',
        `It failed again: ${describeFailures(simulator, run, result)}`,
      );
}

/** Kinds of the causes of failed jobs, with their names. */
function describeFailures(
  { truth }: Simulator,
  run: Run,
  { attempt }: Attempt,
): string {
  return truth!
    .ofRun(run.id)
    .filter(job => job.attempt === attempt && job.conclusion === 'failure')
    .map(({ jobName, causes }) => `${jobName} of ${causes[0]}`)
    .join(', ');
}

function judgeCanary(
  done: Remediation,
  kind: string | undefined,
  said: (verdict: JudgedAction['verdict'], because: string) => JudgedAction,
): JudgedAction {
  const isOfCommit = ['regression', 'configuration', 'bad_deployment'].includes(
    kind ?? '',
  );
  if (!['succeeded', 'failed'].includes(done.state)) {
    return said('open', done.reason);
  }
  const isRight =
    done.state === 'succeeded' &&
    done.reason.startsWith('Confirmed') === isOfCommit;
  return said(isRight ? 'useful' : 'useless', done.reason);
}

/** What a good person would not have done. */
function harmOf(
  done: Remediation,
  run: Run,
  failed: Attempt,
  { simulator, runs }: { simulator: Simulator; runs: Run[] },
): string | undefined {
  const isDeployment = run.workflow.path.endsWith('deploy.yml');
  for (const { action, details, simulatedAt } of changesOf(
    done,
    run,
    simulator,
  )) {
    if (done.action === 'fresh-runner' && action === 'set-runner-labels') {
      const { runner } = details as { runner: string };
      const { completedAt = 0 } = failed;
      const isToBlame = simulator
        .truth!.causes()
        .some(
          ({ runner: broken, from, until = Infinity }) =>
            broken === runner && from <= completedAt && completedAt < until,
        );
      if (!isToBlame) {
        return `${runner} was in order`;
      }
    }
    const at = Date.parse(simulatedAt);
    const isNewer = runs.some(
      each =>
        each.workflow === run.workflow &&
        each.number > run.number &&
        each.attempts[0].createdAt < at,
    );
    if (isDeployment && action.startsWith('rerun') && isNewer) {
      return 'An older deployment came after a newer one';
    }
    if (done.action === 'rollback' && action === 'dispatch') {
      if (causeOf(simulator, run, failed)?.remedy !== 'previous-image') {
        return 'The image was in order';
      }
      if (isNewer) {
        return 'A newer deployment was taken back';
      }
    }
  }
  return undefined;
}

/** What it changed in the world. */
function changesOf(
  { id, attempt }: Remediation,
  run: Run,
  simulator: Simulator,
): LedgerEntry[] {
  const failed = run.attempts.find(each => each.attempt === attempt)!;
  const runners = failed.jobs
    .filter(({ conclusion }) => conclusion === 'failure')
    .map(({ runner }) => runner?.name);
  return simulator.ledgerEntries().filter(entry => {
    const { inputs, runner, labels } = (entry.details ?? {}) as {
      inputs?: Record<string, string>;
      runner?: string;
      labels?: string[];
    };
    switch (entry.action) {
      case 'dispatch':
        return inputs?.correlation_id?.startsWith(`ci-medic-${id}`);
      case 'set-runner-labels':
        // Its own labels are taken, those of all machines stay; it is given back later, after it was found broken.
        return (
          runners.includes(runner) &&
          !labels?.includes('farm') &&
          Date.parse(entry.simulatedAt) >= failed.completedAt!
        );
      default:
        return entry.run === run.id && entry.fromAttempt === attempt;
    }
  });
}
