import '@testing-library/jest-dom';
import { ConflictError, NotAllowedError } from '@backstage/errors';
import {
  CiMedicApi,
  Remediation,
  RemediationOption,
  remediationStateSchema,
  RunDetail,
} from '@ci-medic/plugin-ci-medic-common';
import { act, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { incidentDetailOf } from './__fixtures__/incidents';
import { optionOf, remediationOf } from './__fixtures__/remediations';
import { renderIncidents } from './__testUtils__/renderIncidents';
import { remediationMessages } from './remediationMessages';

const ADDRESS = '/shop/incidents/incident-1';
const RERUN = /^Rerun failed jobs of attempt/;

const getRun = async () =>
  ({
    jobs: [
      {
        id: 'job-1',
        name: 'build',
        conclusion: 'failure',
        durationMs: 480_000,
      },
      {
        id: 'job-x',
        name: 'slow',
        conclusion: 'cancelled',
        durationMs: 60_000,
      },
      { id: 'job-y', name: 'lint', conclusion: 'success', durationMs: 999_000 },
    ].map(job => ({ log: { state: 'stored', redactions: {} }, ...job })),
  } as unknown as RunDetail);

type Shown = { items: Remediation[]; options: RemediationOption[] };

/** What the backend says; a test changes it. */
function shownOf(change: Partial<Shown> = {}): Shown {
  return { items: [], options: [optionOf()], ...change };
}

function render(api: Partial<CiMedicApi>, shown = shownOf()) {
  return renderIncidents(
    {
      getIncident: async () => incidentDetailOf(),
      getRun,
      listRemediations: async () => ({ ...shown }),
      ...api,
    },
    ADDRESS,
  );
}

const section = async () =>
  within(await screen.findByRole('region', { name: 'Remediation' }));

describe('IncidentRemediations', () => {
  it('says in words what a rerun does before it is asked for, and then asks once', async () => {
    const shown = shownOf();
    let accept = () => {};
    const requestRemediation = jest.fn(async () => {
      await new Promise<void>(resolve => {
        accept = resolve;
      });
      shown.items = [remediationOf()];
      return shown.items[0];
    });
    render({ requestRemediation }, shown);
    expect(
      (await section()).getByText('Nothing was done about this incident'),
    ).toBeInTheDocument();
    await userEvent.click(await screen.findByRole('button', { name: RERUN }));
    const question = await screen.findByRole('dialog');
    const dialog = within(question);
    await dialog.findByText(/^About 9 runner minutes/);
    for (const words of [
      'The 2 jobs that failed run again: build, slow.',
      'Run 41, attempt 1, of CI on main at commit 01234567',
      'They fail again. What they did before they failed',
      'is done a second time.',
      'It happens at most once.',
    ]) {
      expect(question).toHaveTextContent(words);
    }
    expect(requestRemediation).not.toHaveBeenCalled();

    const confirm = dialog.getByRole('button', { name: /Rerun failed jobs/ });
    await userEvent.click(confirm);
    await userEvent.click(confirm);
    await act(async () => accept());
    expect(requestRemediation).toHaveBeenCalledTimes(1);
    expect(requestRemediation).toHaveBeenCalledWith({
      incidentId: 'incident-1',
      action: 'rerun',
      runId: 'run-1',
      attempt: 1,
    });
    expect(
      await (await section()).findByText('waiting to begin'),
    ).toBeInTheDocument();
    await waitFor(() =>
      expect(screen.queryByRole('dialog')).not.toBeInTheDocument(),
    );
    expect(screen.queryByRole('button', { name: RERUN })).toBeNull();
  });

  it('does nothing when the reader closes the question', async () => {
    const requestRemediation = jest.fn();
    render({ requestRemediation });
    await userEvent.click(await screen.findByRole('button', { name: RERUN }));
    const dialog = within(await screen.findByRole('dialog'));
    await userEvent.click(dialog.getByText('Close'));
    await waitFor(() =>
      expect(screen.queryByRole('dialog')).not.toBeInTheDocument(),
    );
    expect(requestRemediation).not.toHaveBeenCalled();
  });

  it('shows the reason of a refusal where it was asked for', async () => {
    render({
      requestRemediation: async () => {
        throw new ConflictError('There is a newer attempt, 2');
      },
    });
    await userEvent.click(await screen.findByRole('button', { name: RERUN }));
    const dialog = within(await screen.findByRole('dialog'));
    await userEvent.click(
      dialog.getByRole('button', { name: /Rerun failed jobs/ }),
    );
    expect(await dialog.findByRole('alert')).toHaveTextContent(
      'There is a newer attempt, 2',
    );
  });

  it('is disabled with the reason where it may not be done, and absent where it is not offered', async () => {
    const reason = 'Only owners may do this: group:default/payments';
    const requestRemediation = jest.fn();
    render(
      { requestRemediation },
      shownOf({ options: [optionOf({ allowed: false, reason })] }),
    );
    const table = within(
      await screen.findByRole('region', { name: 'Occurrences' }),
    );
    const button = await table.findByRole('button', { name: RERUN });
    expect(button).toBeDisabled();
    expect(table.getByText(reason)).toBeInTheDocument();
    // Attempt 2 of the run and the other run are not offered.
    expect(table.getAllByRole('button', { name: RERUN })).toHaveLength(1);
    await userEvent.click(button);
    expect(screen.queryByRole('dialog')).toBeNull();
    expect(requestRemediation).not.toHaveBeenCalled();
  });

  it('follows the progress live, to the outcome with the new attempt', async () => {
    const shown = shownOf({ items: [remediationOf()] });
    const { signal } = render({}, shown);
    expect(
      await (await section()).findByText('waiting to begin'),
    ).toBeInTheDocument();
    shown.items = [
      remediationOf({
        state: 'succeeded',
        reason: 'Attempt 2 passed',
        newAttempt: 2,
        events: [
          ...remediationOf().events,
          {
            id: 'step-2',
            at: '2026-03-03T10:09:00.000Z',
            state: 'succeeded',
            message: 'Attempt 2 passed',
          },
        ],
      }),
    ];
    act(() => signal({ ids: ['incident-1'] }));
    const region = await section();
    expect(await region.findByRole('status')).toHaveTextContent('passed');
    expect(region.getByText(/brought about attempt 2/)).toBeInTheDocument();
    expect(
      region.getAllByRole('listitem', { hidden: true }).length,
    ).toBeGreaterThanOrEqual(3);
    expect(region.queryByRole('button', { name: /^Stop/ })).toBeNull();
    expect(screen.queryByRole('button', { name: RERUN })).toBeNull();
  });

  it('stops what has not been done yet, and says why it could not', async () => {
    const shown = shownOf({
      items: [remediationOf({ state: 'intent_recorded' })],
    });
    const cancelRemediation = jest
      .fn()
      .mockRejectedValueOnce(
        new ConflictError('It cannot be stopped any more: it is calling'),
      )
      .mockImplementation(async () => {
        shown.items = [remediationOf({ state: 'cancelled' })];
        return shown.items[0];
      });
    render({ cancelRemediation }, shown);
    const region = await section();
    await userEvent.click(await region.findByRole('button', { name: /^Stop/ }));
    expect(await region.findByRole('alert')).toHaveTextContent('it is calling');
    await userEvent.click(region.getByRole('button', { name: /^Stop/ }));
    expect(await region.findByText('stopped')).toBeInTheDocument();
    expect(cancelRemediation).toHaveBeenCalledWith({
      remediationId: 'remediation-1',
    });
    // Nothing was done, so it can be asked for again.
    expect(screen.getByRole('button', { name: RERUN })).toBeEnabled();
  });

  it.each(remediationStateSchema.options)(
    'tells a person what %s means, and never offers a second effect',
    async state => {
      render({}, shownOf({ items: [remediationOf({ state })] }));
      const words = remediationMessages.state[state];
      expect(words).not.toBe(state);
      expect(await (await section()).findByRole('status')).toHaveTextContent(
        words,
      );
      const isUndone = [
        'superseded',
        'expired',
        'cancelled',
        'denied',
      ].includes(state);
      const isStoppable = ['approved', 'claimed', 'intent_recorded'].includes(
        state,
      );
      expect(screen.queryAllByRole('button', { name: RERUN })).toHaveLength(
        isUndone ? 1 : 0,
      );
      expect(screen.queryAllByRole('button', { name: /^Stop/ })).toHaveLength(
        isStoppable ? 1 : 0,
      );
    },
  );

  it('shows the incident although remediations cannot be read', async () => {
    render({
      listRemediations: async () => {
        throw new NotAllowedError('no');
      },
    });
    expect(await (await section()).findByRole('alert')).toBeInTheDocument();
    expect(screen.getByRole('heading', { level: 2 })).toBeInTheDocument();
    expect(screen.queryByRole('button', { name: RERUN })).toBeNull();
  });

  it('shows hostile text as text', async () => {
    const text = '<img src=x onerror=alert(1)>\u202e';
    render(
      {},
      shownOf({
        items: [remediationOf({ state: 'failed', reason: text })],
        options: [optionOf({ runId: 'run-2', allowed: false, reason: text })],
      }),
    );
    await section();
    expect(await screen.findAllByText(/<img src=x/)).toHaveLength(2);
    expect(screen.getAllByText('U+202E')).toHaveLength(2);
    expect(document.querySelector('img')).toBeNull();
  });
});
