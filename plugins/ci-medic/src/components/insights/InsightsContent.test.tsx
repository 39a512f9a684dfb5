import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { renderInTestApp, TestApiProvider } from '@backstage/test-utils';
import { entityRouteRef } from '@backstage/plugin-catalog-react';
import { NotAllowedError } from '@backstage/errors';
import { ciMedicApiRef } from '../../api';
import { demoInsights } from '../../../dev/demo/demoInsights';
import { InsightsContent } from './InsightsContent';

function show(getInsights: jest.Mock) {
  return renderInTestApp(
    <TestApiProvider apis={[[ciMedicApiRef, { getInsights } as any]]}>
      <InsightsContent />
    </TestApiProvider>,
    { mountedRoutes: { '/catalog/:namespace/:kind/:name': entityRouteRef } },
  );
}

describe('InsightsContent', () => {
  const shop = ['component:default/shop'];

  it('shows figures with their basis, and leads from a cause to its incident', async () => {
    await show(jest.fn(async ({ days }) => demoInsights(days, shop)));
    const figure = await screen.findByRole('group', { name: 'Success rate' });
    expect(figure).toHaveTextContent(/95% interval .* n = \d+/);
    expect(
      screen.getByRole('group', { name: 'Failed deployment recovery time' }),
    ).toHaveTextContent('deploy, release, rollout');
    const causes = screen.getByRole('group', { name: 'Where to invest' });
    expect(within(causes).getByRole('link', { name: /Cart/ })).toHaveAttribute(
      'href',
      '/catalog/default/component/shop/incidents/cart',
    );
    expect(
      within(causes).getAllByRole('link', { name: 'Playbook' })[0],
    ).toHaveAttribute('href', '/catalog/default/component/shop/playbooks/cart');
    const changes = screen.getByRole('group', { name: 'What became worse' });
    expect(
      within(changes).getByRole('row', { name: /moved/ }),
    ).toHaveTextContent(/lasts120296$/);
    expect(
      within(changes).getByRole('link', { name: /moved/ }),
    ).toHaveAttribute(
      'href',
      '/catalog/default/component/shop/ci-health/series/build/duration',
    );
    expect(
      screen.getByText(/5 automatically, 2 by a click, 11 by a change/),
    ).toBeInTheDocument();
  });

  it('leads from a figure to the incidents behind it', async () => {
    await show(
      jest.fn(async ({ days }) => {
        const insights = demoInsights(days, shop);
        const [flaky] = insights.causes;
        const disk = { ...flaky, incidentId: 'disk', title: 'Disk full' };
        return {
          ...insights,
          causes: [flaky, { ...disk, category: 'infrastructure' }],
        };
      }),
    );
    const listed = () =>
      within(screen.getByRole('region', { name: 'Where to invest' }))
        .getAllByRole('rowheader')
        .map(cell => cell.textContent);
    await screen.findByRole('region', { name: 'Where to invest' });
    expect(listed()).toHaveLength(2);
    await userEvent.click(
      screen.getByRole('button', { name: 'Incidents behind it: Flaky rate' }),
    );
    expect(listed()).toEqual([expect.stringContaining('Cart')]);
    expect(
      screen.getByRole('region', { name: 'Where to invest' }),
    ).toHaveFocus();
    await userEvent.click(screen.getByRole('button', { name: 'Show all' }));
    expect(listed()).toHaveLength(2);
    await userEvent.click(
      screen.getByRole('button', {
        name: 'Incidents behind it: Time to green on main',
      }),
    );
    expect(screen.getByRole('region', { name: 'Red periods' })).toHaveFocus();
  });

  it('asks anew for what the filters say', async () => {
    const getInsights = jest.fn(async ({ days }) => demoInsights(days, shop));
    await show(getInsights);
    await userEvent.click(await screen.findByRole('button', { name: /Owner/ }));
    await userEvent.click(
      await screen.findByRole('option', { name: 'group:default/payments' }),
    );
    expect(getInsights).toHaveBeenLastCalledWith(
      expect.objectContaining({ owner: 'group:default/payments' }),
      expect.anything(),
    );
  });

  it('says why there is nothing', async () => {
    await show(jest.fn(async ({ days }) => demoInsights(days, [])));
    expect(
      await screen.findByText('No service with builds'),
    ).toBeInTheDocument();
  });

  it('says that the reader may not see it', async () => {
    await show(
      jest.fn(async () => {
        throw new NotAllowedError('no');
      }),
    );
    expect(await screen.findByRole('alert')).toBeInTheDocument();
  });
});
