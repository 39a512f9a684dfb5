import { NotAllowedError } from '@backstage/errors';
import { renderInTestApp } from '@backstage/frontend-test-utils';
import {
  CiMedicApi,
  RemediationOverview,
  RemediationStop,
} from '@ci-medic/plugin-ci-medic-common';
import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { ciMedicApiRef } from '../../api';
import { remediationRouteRef } from '../../routes';
import { exportDecisions } from './exportDecisions';
import { RemediationContent } from './RemediationContent';
import { StopBanner } from './StopBanner';

const stop: RemediationStop = {
  ...{ id: 'stop-1', scope: 'all', reason: 'We look into it' },
  ...{ setBy: 'user:default/op', setAt: '2026-03-03T10:00:00.000Z' },
};

const overview: RemediationOverview = {
  modes: [
    { action: 'rerun', tier: '3', mode: 'automatic', source: 'configuration' },
    {
      ...{ category: 'code', mode: 'off', source: 'operator' },
      ...{ setBy: 'user:default/op', setAt: '2026-03-03T10:00:00.000Z' },
    },
  ],
  defaultMode: 'suggest',
  budgets: [
    { scope: 'all', title: 'All repositories', limit: 60, used: 52 },
    { scope: 'project:1', title: 'acme/shop', limit: 10, used: 10 },
  ],
  actions: [{ action: 'rerun', title: 'Rerun failed jobs' }],
  strategies: [
    {
      ...{ id: 'rerun-flaky-test', action: 'rerun', source: 'shipped' },
      title: 'A flaky test is run again',
    },
  ],
  policy: { revision: 'd00704b69aa5' },
  outcomes: [
    {
      ...{ action: 'rerun', category: 'flaky_test', started: 'automatic' },
      ...{ n: 41, succeeded: 36, low: 0.745, high: 0.947 },
    },
  ],
  outcomesSince: '2026-01-01T00:00:00.000Z',
  mayControl: true,
};

const decision = {
  ...{ id: 'd1', at: '2026-03-03T10:00:00.000Z', moment: 'plan' as const },
  ...{ result: 'refused' as const, action: 'rerun', actor: 'ci-medic' },
  entityRefs: ['component:default/shop'],
  gates: [
    {
      ...{ gate: 'policy' as const, result: 'refused' as const },
      reasons: ['Changes are frozen: year end'],
    },
  ],
  ...{ reasons: ['Changes are frozen: year end'], policyRevision: 'd0' },
  input: { action: 'rerun' },
};

function render(
  api: Partial<CiMedicApi> = {},
  element = <RemediationContent />,
) {
  renderInTestApp(element, {
    mountedRoutes: { '/ci-remediation': remediationRouteRef },
    apis: [
      [
        ciMedicApiRef,
        {
          getRemediationOverview: async () => overview,
          listStops: async () => ({ items: [], mayControl: true }),
          listDecisions: async () => ({ items: [decision] }),
          ...api,
        } as CiMedicApi,
      ],
    ],
  });
}

const rows = (table: HTMLElement) =>
  within(table)
    .getAllByRole('row')
    .slice(1)
    .map(row => row.textContent);

describe('the page of remediations', () => {
  it('shows modes, budgets left, and outcomes with n and interval', async () => {
    render();
    const region = async (name: string) =>
      within(await screen.findByRole('group', { name })).getByRole('table');
    expect(rows(await region('Modes'))).toEqual([
      expect.stringMatching(/^anyrerun3automaticconfiguration/),
      expect.stringMatching(/^codeanyanyoffuser:default\/op/),
    ]);
    expect(rows(await region('Budgets of the last hour'))).toEqual([
      'All repositories85260',
      'acme/shop01010',
    ]);
    expect(rows(await region('How often it helped'))).toEqual([
      'Rerun failed jobsflaky_testautomatically4188 %75 % – 95 %',
    ]);
    expect(
      screen.getByText('The policy is revision d00704b69aa5.'),
    ).toBeInTheDocument();
  });

  it('sets the kill switch with a reason, and lifts it', async () => {
    const stopRemediations = jest.fn(async () => stop);
    const liftStop = jest.fn(async () => {});
    render({
      ...{ stopRemediations, liftStop },
      listStops: async () => ({ items: [stop], mayControl: true }),
    });
    const button = await screen.findByRole('button', { name: 'Stop' });
    expect(button).toBeDisabled();
    await userEvent.type(
      screen.getByRole('textbox', { name: 'Reason' }),
      'Too many',
    );
    await userEvent.click(button);
    expect(stopRemediations).toHaveBeenCalledWith({
      ...{ scope: 'all', reason: 'Too many' },
    });
    await userEvent.click(
      screen.getByRole('button', {
        name: 'Lift the kill switch for everything',
      }),
    );
    expect(liftStop).toHaveBeenCalledWith({ stopId: 'stop-1' });
  });

  it('says why a change was not made', async () => {
    render({
      setRemediationMode: async () => {
        throw new NotAllowedError('The permission is needed');
      },
    });
    await userEvent.click(
      await screen.findByRole('button', { name: 'Set mode' }),
    );
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'The permission is needed',
    );
  });

  it('lists decisions with their gates', async () => {
    render();
    const group = await screen.findByRole('group', { name: 'Decisions' });
    expect(rows(within(group).getByRole('table'))[0]).toContain(
      'Changes are frozen: year end',
    );
    expect(
      within(group).getByText('Policy', { selector: 'li *' }),
    ).toBeTruthy();
  });

  it('exports all pages, and nothing that a spreadsheet would run', async () => {
    const listDecisions = jest
      .fn()
      .mockResolvedValueOnce({ items: [decision], nextCursor: 'next' })
      .mockResolvedValueOnce({
        items: [{ ...decision, id: 'd2', actor: '=cmd()' }],
      });
    const lines = (await exportDecisions({ listDecisions }, {})).split('\r\n');
    expect(lines).toHaveLength(4);
    expect(lines[0]).toMatch(/^id,at,moment,result,action,mode,actor/);
    expect(lines[2]).toContain(`"'=cmd()"`);
    expect(listDecisions).toHaveBeenLastCalledWith({
      ...{ cursor: 'next', limit: 100 },
    });
  });

  it('does not hide that no policy can be asked', async () => {
    render({
      getRemediationOverview: async () => ({
        ...{ ...overview, policy: { problem: 'no such file' } },
      }),
    });
    expect(
      await screen.findByText(
        'No policy can be asked, so nothing is allowed: no such file',
      ),
    ).toBeInTheDocument();
  });
});

describe('the kill switch on every screen', () => {
  it('says what is stopped and why, of entities only the one of the screen', async () => {
    const of = (subject: string) => ({
      ...{ ...stop, id: subject, scope: 'entity' as const, subject },
    });
    render(
      {
        listStops: async () => ({
          items: [
            stop,
            of('component:default/shop'),
            of('component:default/other'),
          ],
          mayControl: false,
        }),
      },
      <StopBanner entityRef="component:default/shop" />,
    );
    expect(
      await screen.findByText(
        'The kill switch is on: nothing is done about failures',
      ),
    ).toBeInTheDocument();
    expect(
      screen.getByText('The kill switch is on for component:default/shop'),
    ).toBeInTheDocument();
    expect(screen.queryByText(/default\/other/)).toBeNull();
  });

  it('leads operators to the switch', async () => {
    render({}, <StopBanner />);
    expect(
      await screen.findByRole('link', { name: 'Kill switch' }),
    ).toHaveAttribute('href', '/ci-remediation');
  });
});
