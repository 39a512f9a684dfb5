import { useApi, useTranslationRef } from '@backstage/frontend-plugin-api';
import { Job, Occurrence } from '@ci-medic/plugin-ci-medic-common';
import { Flex, Text } from '@backstage/ui';
import { useCallback } from 'react';
import { ciMedicApiRef } from '../../api';
import { ciMedicTranslationRef } from '../../translation';
import { Facts } from '../layout';
import { useRefreshable } from '../live';
import { LogText } from '../log';

const MINUTE_MS = 60_000;
const MOST_NAMES = 10;

/** Conclusions whose jobs a CI system runs again when it is asked for the failed ones. */
const AGAIN = ['failure', 'timed_out', 'cancelled', 'startup_failure'];

/**
 * Says in words what a rerun does, on what, the worst case, the cost and how to undo it.
 */
export function RerunConfirmation({ occurrence }: { occurrence: Occurrence }) {
  const { runId, attempt, runNumber, pipeline, branch, commitSha } = occurrence;
  const { t } = useTranslationRef(ciMedicTranslationRef);
  const api = useApi(ciMedicApiRef);
  const { value, error } = useRefreshable(
    useCallback(
      signal => api.getRun({ runId, attempt }, { signal }),
      [api, runId, attempt],
    ),
  );
  const failed = value?.jobs.filter(({ conclusion }) =>
    AGAIN.includes(conclusion ?? ''),
  );
  const minutes = failed && minutesOf(failed);
  const run =
    runNumber === undefined
      ? t('incidents.occurrence.run')
      : t('incidents.occurrence.runNumber', { number: String(runNumber) });

  let cost: string = t('remediation.confirm.costUnknown');
  if (minutes !== undefined) {
    cost = t('remediation.confirm.costMinutes', { count: minutes });
  } else if (!value && !error) {
    cost = t('remediation.confirm.costLoading');
  }
  return (
    <Flex direction="column" gap="3">
      <Facts
        facts={[
          {
            name: t('remediation.confirm.what'),
            value: (
              <>
                {failed?.length
                  ? t('remediation.confirm.whatJobs', {
                      count: failed.length,
                      names: <LogText key="names" text={namesOf(failed)} />,
                    })
                  : t('remediation.confirm.whatUnknown')}{' '}
                {t('remediation.confirm.whatDependents')}
              </>
            ),
          },
          {
            name: t('remediation.confirm.target'),
            value: (
              <>
                {t('remediation.confirm.targetText', {
                  run,
                  attempt: String(attempt),
                  pipeline: <LogText key="pipeline" text={pipeline} />,
                })}
                {branch && (
                  <>
                    {' '}
                    {t('remediation.confirm.targetBranch', {
                      branch: <LogText key="branch" text={branch} />,
                    })}
                  </>
                )}{' '}
                {t('remediation.confirm.targetCommit', {
                  commit: <code key="commit">{commitSha.slice(0, 8)}</code>,
                })}
              </>
            ),
          },
          {
            name: t('remediation.confirm.worst'),
            value: t('remediation.confirm.worstText'),
          },
          { name: t('remediation.confirm.cost'), value: cost },
          {
            name: t('remediation.confirm.undo'),
            value: t('remediation.confirm.undoText'),
          },
        ]}
      />
      <Text as="p" variant="body-small" color="secondary">
        {t('remediation.confirm.once')}
      </Text>
    </Flex>
  );
}

/** Runner minutes that jobs took, at least 1; `undefined` when one of them does not say. */
function minutesOf(jobs: Job[]): number | undefined {
  const known = jobs.flatMap(({ durationMs }) => durationMs ?? []);
  return known.length === 0 || known.length < jobs.length
    ? undefined
    : Math.max(1, Math.round(known.reduce((a, b) => a + b) / MINUTE_MS));
}

function namesOf(jobs: Job[]): string {
  const names = jobs.slice(0, MOST_NAMES).map(({ name }) => name);
  return [...names, ...(jobs.length > MOST_NAMES ? ['…'] : [])].join(', ');
}
