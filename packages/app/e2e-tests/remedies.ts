import { type APIRequestContext, expect, type Page } from '@playwright/test';
import { headersOf } from './organisation';

/** Where the simulator of the tests is; absent when the portal runs already. */
const simulator = process.env.CI_MEDIC_E2E_SIMULATOR;

export const hasSimulator = simulator !== undefined;

/** A failure that was brought about, as the portal knows it. */
export type Broken = {
  causeId: string;
  incidentId: string;
  /** Name of the service. */
  service: string;
  /** Path of the incident's page. */
  path: string;
};

type JobTruth = {
  run: number;
  attempt: number;
  repository: string;
  conclusion: string;
  causes: string[];
};

/** What the simulator is asked beside the API of the CI system. */
export async function askSimulator<T>(
  request: APIRequestContext,
  method: 'get' | 'post' | 'delete',
  path: string,
  data?: object,
): Promise<T> {
  const answer = await request[method](`${simulator}/_simulator/${path}`, {
    data,
  });
  expect(answer.ok(), await answer.text()).toBe(true);
  const text = await answer.text();
  return (text ? JSON.parse(text) : undefined) as T;
}

/** How fast the organisation lives, as `npm start` has it. */
const SPEED = 60;

/** Lets time pass in the organisation again. */
export const goOn = (request: APIRequestContext) =>
  askSimulator(request, 'post', 'clock', { speed: SPEED });

/**
 * Lets something break in the organisation, and waits until the portal has an incident of it.
 *
 * @param what.stops - time stands still from when the run is over, before people of the organisation do something about
 *   it themselves; `goOn` ends that
 */
export async function breakSomething(
  request: APIRequestContext,
  what: { kind: string; service?: string; stops?: boolean },
): Promise<Broken> {
  const { stops, ...cause } = what;
  const { id: causeId } = await askSimulator<{ id: string }>(
    request,
    ...(['post', 'causes', cause] as const),
  );
  let failed: JobTruth | undefined;
  let incidentId: string | undefined;
  let isStopped = false;
  await expect
    .poll(
      async () => {
        const { jobs } = await askSimulator<{ jobs: JobTruth[] }>(
          request,
          ...(['get', 'truth'] as const),
        );
        failed ??= jobs.find(
          ({ causes, conclusion }) =>
            causes[0] === causeId && conclusion === 'failure',
        );
        if (failed && stops && !isStopped) {
          isStopped = await stopWhenOver(request, failed.run);
        }
        incidentId ??= failed && (await incidentOf(request, failed));
        return isStopped || !stops ? incidentId : undefined;
      },
      { message: `${what.kind} shows`, timeout: 150_000 },
    )
    .toBeDefined();
  const service = failed!.repository.split('/')[1];
  const path = `/catalog/default/component/${service}/incidents/${incidentId}`;
  return { causeId, incidentId: incidentId!, service, path };
}

async function stopWhenOver(
  request: APIRequestContext,
  run: number,
): Promise<boolean> {
  const { runs } = await askSimulator<{
    runs: { id: number; status: string }[];
  }>(request, 'get', 'runs');
  const isOver = runs.some(
    ({ id, status }) => id === run && status === 'completed',
  );
  if (isOver) {
    await askSimulator(request, 'post', 'clock', { speed: 0 });
  }
  return isOver;
}

async function incidentOf(
  request: APIRequestContext,
  { repository, run, attempt }: JobTruth,
): Promise<string | undefined> {
  const headers = await headersOf(request);
  const get = async (path: string) => {
    const answer = await request.get(`/api/ci-medic/${path}`, { headers });
    return answer.ok() ? answer.json() : {};
  };
  const [, service] = repository.split('/');
  const { items = [] } = await get(
    `entities/component/default/${service}/incidents?limit=10`,
  );
  for (const { id } of items) {
    const { occurrences = [] } = await get(`incidents/${id}`);
    for (const one of occurrences.slice(-3).concat(occurrences.slice(0, 3))) {
      const { run: known } = await get(`runs/${one.runId}`);
      if (known?.externalId === String(run) && one.attempt === attempt) {
        return id;
      }
    }
  }
  return undefined;
}

/** The part of an incident's page with what could be done. */
export const planOf = (page: Page) =>
  page.getByRole('region', { name: 'Plan' });

/** The part with what is done. */
export const remedyOf = (page: Page) =>
  page.getByRole('region', { name: 'Remediation' });

/** Agrees to a plan as a person does: reads it once more, then says yes. */
export async function approve(page: Page, title: string): Promise<void> {
  const button = planOf(page).getByRole('button', {
    name: `Approve: ${title}`,
  });
  const approvals = async () => {
    const texts = await planOf(page)
      .getByText(/^\d+ of \d+ approval/)
      .allTextContents();
    return Number.parseInt(texts[0] ?? '0', 10);
  };
  await button.first().waitFor();
  // Another failure of the kind makes another plan, and the one that was looked at is not agreed to any more.
  await expect(async () => {
    const before = await approvals();
    await button.first().click({ timeout: 5_000 });
    const dialog = page.getByRole('dialog');
    await expect(dialog.getByText('Worst case')).toBeVisible();
    await dialog.getByRole('button', { name: title, exact: true }).click();
    await expect(dialog).toHaveCount(0);
    await expect(async () => {
      const isDecided = (await button.count()) === 0;
      expect(isDecided || (await approvals()) > before).toBe(true);
    }).toPass({ timeout: 10_000 });
  }).toPass({ timeout: 120_000 });
}
