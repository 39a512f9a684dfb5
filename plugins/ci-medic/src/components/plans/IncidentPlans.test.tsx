import { ConflictError } from '@backstage/errors';
import { renderInTestApp } from '@backstage/frontend-test-utils';
import { CiMedicApi, OfferedPlan } from '@ci-medic/plugin-ci-medic-common';
import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { ciMedicApiRef } from '../../api';
import { planOf } from './__fixtures__/plans';
import { IncidentPlans } from './IncidentPlans';

function render(plans: OfferedPlan[], api: Partial<CiMedicApi> = {}) {
  const onChange = jest.fn();
  renderInTestApp(
    <IncidentPlans incidentId="incident-1" onChange={onChange} />,
    {
      apis: [
        [
          ciMedicApiRef,
          { listPlans: async () => ({ items: plans }), ...api } as CiMedicApi,
        ],
      ],
    },
  );
  return onChange;
}

describe('plans of an incident', () => {
  it('says in plain words what would happen, and what each gate says', async () => {
    render([planOf()]);
    const plan = (await screen.findByText('Roll back')).closest('li')!;
    expect(plan).toHaveTextContent(/What happens.*Deploys shop:41/);
    expect(plan).toHaveTextContent(/Worst case.*does not fit/);
    expect(plan).toHaveTextContent(/How to undo.*Deploy shop:42 again/);
    const gates = within(plan).getByRole('list', { name: 'Gates' });
    expect(
      within(gates)
        .getAllByRole('listitem')
        .map(item => item.textContent),
    ).toEqual([
      expect.stringMatching(/^Kill switch.*passed.*None is on/),
      expect.stringMatching(/^Guardrails.*passed/),
      expect.stringMatching(/^Policy.*passed/),
      expect.stringMatching(/^Mode.*passed/),
      expect.stringMatching(/^People.*waits.*One owner has to agree/),
    ]);
    expect(plan).toHaveTextContent('user:default/ada approved');
    expect(plan).toHaveTextContent('1 of 2 approvals');
  });

  it('is approved as it was seen, after the worst case was read', async () => {
    const approvePlan = jest.fn(async () => planOf({ state: 'approved' }));
    const onChange = render([planOf()], { approvePlan });
    await userEvent.click(
      await screen.findByRole('button', { name: 'Approve: Roll back' }),
    );
    const dialog = await screen.findByRole('dialog');
    expect(dialog).toHaveTextContent('does not fit the older one');
    await userEvent.click(
      within(dialog).getByRole('button', { name: 'Roll back' }),
    );
    expect(approvePlan).toHaveBeenCalledWith({ planId: 'plan-1', hash: 'abc' });
    expect(onChange).toHaveBeenCalled();
  });

  it('says why it was not approved', async () => {
    render([planOf()], {
      approvePlan: async () => {
        throw new ConflictError('There is a newer deployment to production');
      },
    });
    await userEvent.click(
      await screen.findByRole('button', { name: 'Approve: Roll back' }),
    );
    const dialog = await screen.findByRole('dialog');
    await userEvent.click(
      within(dialog).getByRole('button', { name: 'Roll back' }),
    );
    expect(await within(dialog).findByRole('alert')).toHaveTextContent(
      'There is a newer deployment to production',
    );
  });

  it('tells who may not approve why, and rejects', async () => {
    const rejectPlan = jest.fn(async () => planOf({ state: 'rejected' }));
    render(
      [
        planOf({ refusal: 'Only owners may do this: group:default/shop' }),
        planOf({ id: 'plan-2', hash: 'def', actionTitle: 'Rerun failed jobs' }),
      ],
      { rejectPlan },
    );
    expect(
      await screen.findByText('Only owners may do this: group:default/shop'),
    ).toBeInTheDocument();
    expect(
      screen.getByRole('button', { name: 'Approve: Roll back' }),
    ).toBeDisabled();
    await userEvent.click(
      screen.getByRole('button', { name: 'Reject: Rerun failed jobs' }),
    );
    expect(rejectPlan).toHaveBeenCalledWith({ planId: 'plan-2', hash: 'def' });
  });

  it('shows advice as numbered steps, and folds away what is over', async () => {
    render([
      planOf({
        ...{ action: 'advise', actionTitle: 'Advice', state: 'advised' },
        ...{ stages: ['Free the disk', 'Run it again'], approvals: [] },
        approvalsNeeded: 0,
      }),
      planOf({ id: 'old', state: 'expired', reason: 'Nobody agreed in time' }),
    ]);
    expect(await screen.findByText('Free the disk')).toBeInTheDocument();
    expect(screen.queryByRole('button', { name: /^Approve/ })).toBeNull();
    expect(screen.getByText('Earlier plans (1)')).toBeInTheDocument();
  });
});
