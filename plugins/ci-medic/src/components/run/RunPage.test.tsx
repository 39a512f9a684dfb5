import { NotAllowedError, NotFoundError } from '@backstage/errors';
import { CiMedicApi, Page, TestCase } from '@ci-medic/plugin-ci-medic-common';
import { act, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { renderHealth } from '../health/__testUtils__/renderHealth';
import { explanationOf } from '../log/__fixtures__/explanationOf';
import { logOf } from '../log/__fixtures__/logOf';
import { jobOf, runDetailOf, testCaseOf } from './__fixtures__/runDetailOf';

const ADDRESS = '/shop/ci-health/runs/run-1?days=30';

/** In two parts, as no address in this project may begin with it. */
const SCRIPT = ['javascript', ':'].join('');

const noTests = async (): Promise<Page<TestCase>> => ({ items: [] });

function renderRun(api: Partial<CiMedicApi>, address = ADDRESS) {
  return renderHealth(
    {
      getRun: async () => runDetailOf(),
      getExplanation: async () => explanationOf(),
      listTestCases: noTests,
      getLog: logOf(200),
      ...api,
    },
    { address },
  );
}

const address = () => screen.getByLabelText('address');

describe('RunPage', () => {
  it('shows what ran, why it failed, and leads to the whole log and back', async () => {
    const getRun = jest.fn(async () => runDetailOf());
    renderRun({ getRun });
    expect(await screen.findByRole('heading', { level: 2 })).toHaveTextContent(
      '#41 Apply a discount once',
    );
    expect(getRun).toHaveBeenCalledWith(
      { runId: 'run-1', attempt: undefined },
      expect.anything(),
    );
    expect(
      screen.getAllByRole('link', { name: 'Open in the CI system' })[0],
    ).toHaveAttribute('href', 'https://ci.example/run/900');
    const factOf = (name: string) =>
      screen.getAllByText(name)[0].nextElementSibling;
    expect(factOf('Pull requests')).toHaveTextContent('#7');
    expect(factOf('Duration')).toHaveTextContent('1 min, 23 sec');

    const jobs = within(screen.getByRole('region', { name: 'Jobs' }));
    expect(
      jobs.getAllByRole('heading', { level: 4 }).map(one => one.textContent),
    ).toEqual([
      'failedtest21 secTest cases: 1 failed, 311 passed, 4 skipped',
      'passedlint21 sec',
    ]);
    expect(
      jobs.getByRole('heading', { name: 'Lines that explain the failure' }),
    ).toBeInTheDocument();
    expect(await jobs.findByText('npm error code ETARGET')).toBeInTheDocument();
    expect(jobs.getByText('runner-7 in large')).toBeInTheDocument();
    expect(jobs.getByText('self-hosted')).toBeInTheDocument();
    const steps = within(jobs.getByRole('table', { name: 'Steps of test' }));
    expect(
      steps.getAllByRole('row').map(({ textContent }) => textContent),
    ).toEqual([
      'StatusStepDuration',
      'passednpm ci21 sec',
      'failednpm test48 sec',
    ]);

    await userEvent.click(jobs.getByText('Open whole log'));
    expect(address()).toHaveTextContent(
      '/shop/ci-health/runs/run-1/logs/job-1?days=30',
    );
    expect(await screen.findByText('Log of test')).toBeInTheDocument();
    await userEvent.click(screen.getByText(/Back to the run/));
    await userEvent.click(await screen.findByText(/← CI health/));
    expect(address()).toHaveTextContent(/^\/shop\/ci-health\/?\?days=30$/);
  });

  it('goes from one attempt to another', async () => {
    const getRun = jest.fn(async ({ attempt = 2 }) =>
      runDetailOf({ run: { ...runDetailOf().run, attempt } }),
    );
    renderRun({ getRun });
    const attempts = within(
      await screen.findByRole('navigation', { name: 'Attempts' }),
    );
    expect(attempts.getByRole('link', { name: 'Attempt 2' })).toHaveAttribute(
      'aria-current',
      'page',
    );
    await userEvent.click(attempts.getByRole('link', { name: 'Attempt 1' }));
    expect(address()).toHaveTextContent('runs/run-1?days=30&attempt=1');
    await waitFor(() =>
      expect(screen.getByRole('link', { name: 'Attempt 1' })).toHaveAttribute(
        'aria-current',
        'page',
      ),
    );
    expect(getRun).toHaveBeenLastCalledWith(
      { runId: 'run-1', attempt: 1 },
      expect.anything(),
    );
    await userEvent.click(screen.getByText(/← CI health/));
    expect(address()).toHaveTextContent(/^\/shop\/ci-health\/?\?days=30$/);
  });

  it('loads nothing of a job that is closed', async () => {
    const getExplanation = jest.fn(async () => explanationOf());
    renderRun({
      getExplanation,
      getRun: async () =>
        runDetailOf({
          jobs: [1, 2, 3].map(n =>
            jobOf({ id: `job-${n}`, name: `job ${n}`, conclusion: 'failure' }),
          ),
        }),
    });
    await screen.findByText('npm error code ETARGET');
    expect(getExplanation).toHaveBeenCalledTimes(1);
    await userEvent.click(screen.getByText('job 3'));
    await waitFor(() =>
      expect(getExplanation).toHaveBeenLastCalledWith(
        { jobId: 'job-3' },
        expect.anything(),
      ),
    );
  });

  it('pages through test cases and narrows them in the address', async () => {
    const listTestCases = jest.fn(
      async ({
        cursor,
        outcome,
      }: Parameters<CiMedicApi['listTestCases']>[0]): Promise<
        Page<TestCase>
      > => {
        if (outcome) {
          return { items: [] };
        }
        return cursor
          ? { items: [testCaseOf({ name: 'second page' })] }
          : {
              items: [
                testCaseOf(),
                testCaseOf({
                  id: 'case-2',
                  name: 'retries',
                  outcome: 'passed',
                  flaky: true,
                  jobId: undefined,
                  message: undefined,
                  details: undefined,
                }),
              ],
              nextCursor: 'after-2',
            };
      },
    );
    renderRun({ listTestCases });
    const name = await screen.findByText('applies a discount once');
    const section = within(screen.getByRole('region', { name: 'Test cases' }));
    expect(
      section.getByText('1 failed, 313 passed, 4 skipped'),
    ).toBeInTheDocument();
    expect(
      section.getByText('2 test cases come from artifacts that name no job.'),
    ).toBeInTheDocument();
    const row = within(name.closest<HTMLElement>('[role="row"]')!);
    expect(row.getByText('failed')).toBeInTheDocument();
    expect(row.getByText('src/Cart.test.ts:43')).toBeInTheDocument();
    expect(row.getByText('65 ms')).toBeInTheDocument();
    await userEvent.click(row.getByText('Details'));
    expect(row.getByText('at Cart.test.ts:43:26')).toBeVisible();
    expect(section.getByText('flaky')).toBeInTheDocument();
    expect(section.getByText('not known')).toBeInTheDocument();

    await userEvent.click(section.getByText('Next page'));
    await section.findByText('second page');
    expect(listTestCases.mock.lastCall![0]).toEqual({
      runId: 'run-1',
      attempt: 2,
      cursor: 'after-2',
      limit: 25,
    });

    await userEvent.click(
      section.getByRole('button', { name: /All outcomes/ }),
    );
    await userEvent.click(screen.getByRole('option', { name: 'error' }));
    await section.findByText('No test case with this outcome');
    expect(listTestCases.mock.lastCall![0]).toMatchObject({ outcome: 'error' });
    expect(address()).toHaveTextContent('tests=error');
  });

  it('shows hostile text as text and follows no hostile address', async () => {
    const detail = runDetailOf({
      problems: [{ subject: 'bomb.zip\u202E', reason: 'It expands to 4 GiB' }],
    });
    detail.run.title = '<img src=x>\u202Egnp.exe';
    detail.run.url = `${SCRIPT}alert(1)`;
    detail.run.commit.url = `${SCRIPT}alert(2)`;
    renderRun({ getRun: async () => detail });
    expect(await screen.findByRole('heading', { level: 2 })).toHaveTextContent(
      '<img src=x>U+202Egnp.exe',
    );
    expect(document.querySelector('img[src="x"]')).toBeNull();
    for (const link of screen.getAllByRole('link')) {
      expect(link.getAttribute('href')).not.toContain(SCRIPT);
    }
    expect(screen.getByText('1 thing could not be read')).toBeInTheDocument();
    expect(screen.getByText('bomb.zip', { exact: false })).toBeInTheDocument();
    expect(screen.getByText('It expands to 4 GiB')).toBeInTheDocument();
  });

  it('says what is missing', async () => {
    renderRun({
      getRun: async () =>
        runDetailOf({
          attempts: [1],
          jobs: [],
          tests: { passed: 0, failed: 0, skipped: 0, flaky: 0 },
        }),
    });
    expect(await screen.findByText('No jobs are known')).toBeInTheDocument();
    expect(await screen.findByText('No test cases')).toBeInTheDocument();
    expect(screen.queryByRole('navigation', { name: 'Attempts' })).toBeNull();
  });

  it('says that a run does not exist or may not be seen', async () => {
    const getRun = jest.fn(async () => runDetailOf());
    getRun.mockRejectedValueOnce(new NotFoundError('no'));
    const { signal } = renderRun({ getRun });
    expect(
      await screen.findByText('This run does not exist'),
    ).toBeInTheDocument();
    getRun.mockRejectedValueOnce(new NotAllowedError('no'));
    act(() => signal({ ids: ['another'] }));
    expect(getRun).toHaveBeenCalledTimes(1);
    act(() => signal({ ids: ['run-1'] }));
    expect(await screen.findByText('You may not see this')).toBeInTheDocument();
  });
});
