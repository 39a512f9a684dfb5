import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { ConflictError } from '@backstage/errors';
import { catalogApiRef, EntityProvider } from '@backstage/plugin-catalog-react';
import { catalogApiMock } from '@backstage/plugin-catalog-react/testUtils';
import { entityRouteRef } from '@backstage/plugin-catalog-react';
import { renderInTestApp, TestApiProvider } from '@backstage/test-utils';
import { ciMedicApiRef } from '../../api';
import { demoPlaybook } from '../../../dev/demo/demoPlaybooks';
import { PlaybooksContent } from './PlaybooksContent';

const entity = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: { name: 'shop', namespace: 'default' },
  relations: [{ type: 'ownedBy', targetRef: 'group:default/team' }],
};
const docs = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: { name: 'ci-playbooks-team', namespace: 'default' },
};

function show(api: object, path = '/', more: (typeof docs)[] = [docs]) {
  const template = {
    apiVersion: 'scaffolder.backstage.io/v1beta3',
    kind: 'Template',
    metadata: { name: 'ci-medic-rerun', namespace: 'default' },
  };
  return renderInTestApp(
    <TestApiProvider
      apis={[
        [ciMedicApiRef, api as any],
        [catalogApiRef, catalogApiMock({ entities: [template, ...more] })],
      ]}
    >
      <EntityProvider entity={entity}>
        <PlaybooksContent />
      </EntityProvider>
    </TestApiProvider>,
    {
      routeEntries: [path],
      mountedRoutes: { '/catalog/:namespace/:kind/:name': entityRouteRef },
    },
  );
}

describe('PlaybooksContent', () => {
  it('says when there is nothing', async () => {
    await show({ listPlaybooks: async () => ({ items: [] }) });
    expect(await screen.findByText('No playbooks yet')).toBeInTheDocument();
  });

  it('leads to its page in the documentation, where there is one', async () => {
    const api = {
      listPlaybooks: async () => ({ items: [demoPlaybook] }),
      getPlaybook: async () => demoPlaybook,
    };
    const { unmount } = await show(api);
    await userEvent.click(await screen.findByRole('link', { name: /Cart/ }));
    expect(
      await screen.findByRole('link', { name: 'In the documentation' }),
    ).toHaveAttribute(
      'href',
      `/docs/default/component/ci-playbooks-team/${demoPlaybook.id}/`,
    );
    unmount();
    await show(api, '/', []);
    await userEvent.click(await screen.findByRole('link', { name: /Cart/ }));
    expect(await screen.findByText(/worked 6 of 7/)).toBeInTheDocument();
    expect(
      screen.queryByRole('link', { name: 'In the documentation' }),
    ).toBeNull();
  });

  it('leads to a playbook, which shows what it rests on and offers the remedy that worked', async () => {
    await show({
      listPlaybooks: async () => ({ items: [demoPlaybook] }),
      getPlaybook: async () => demoPlaybook,
    });
    await userEvent.click(await screen.findByRole('link', { name: /Cart/ }));
    expect(
      await screen.findByText(/worked 6 of 7 times \(85.7%, 95% interval/),
    ).toBeInTheDocument();
    expect(await screen.findByRole('link', { name: 'Apply' })).toHaveAttribute(
      'href',
      expect.stringContaining(
        `/create/templates/default/ci-medic-rerun?formData=${encodeURIComponent(
          '{"incidentId":"cart"}',
        )}`,
      ),
    );
    expect(
      screen.getByText('CI / unit: queue went up').closest('li'),
    ).toHaveTextContent('(2 incidents)');
    expect(
      screen.getByText('and 1 service that you do not see'),
    ).toBeInTheDocument();
  });

  it('keeps a draft when somebody else was faster, and shows no pictures of notes', async () => {
    const savePlaybookNotes = jest.fn(async () => {
      throw new ConflictError('Somebody else has changed the notes');
    });
    const { container } = await show(
      {
        savePlaybookNotes,
        getPlaybook: async () => ({
          ...demoPlaybook,
          notes: {
            text: 'Ask **Ada** ![x](http://evil.example/x.png)',
            ...{ version: 3, actor: 'user:default/ada' },
            at: new Date().toISOString(),
          },
        }),
      },
      '/cart',
    );
    expect(await screen.findByText('Ada')).toBeInTheDocument();
    expect(container.querySelector('img[src*="evil"]')).toBeNull();
    await userEvent.click(screen.getByRole('button', { name: 'Edit notes' }));
    const field = screen.getByRole('textbox', { name: /Notes/ });
    await userEvent.clear(field);
    await userEvent.type(field, 'Mine');
    await userEvent.click(screen.getByRole('button', { name: 'Save' }));
    expect(await screen.findByRole('alert')).toHaveTextContent(/Somebody else/);
    expect(savePlaybookNotes).toHaveBeenCalledWith({
      ...{ playbookId: 'cart', version: 3, text: 'Mine' },
    });
    expect(field).toHaveValue('Mine');
  });
});
