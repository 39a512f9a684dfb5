import { renderInTestApp } from '@backstage/frontend-test-utils';
import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { DemoSignInPage } from './DemoSignInPage';
import { demoVisitor } from './demoVisitor';

const people = [
  { user: 'jonas.weber', name: 'Jonas Weber', role: 'Owns Checkout' },
];
const session = {
  profile: { displayName: 'jonas.weber' },
  backstageIdentity: {
    token: 'e30.e30.e30',
    identity: {
      type: 'user',
      userEntityRef: 'user:default/jonas.weber',
      ownershipEntityRefs: ['user:default/jonas.weber'],
    },
  },
};

/** What jsdom does not bring. */
const answer = (status: number, body: object) =>
  ({
    ok: status === 200,
    status,
    statusText: '',
    headers: new Map([['content-type', 'application/json']]),
    json: async () => body,
    text: async () => JSON.stringify(body),
  } as unknown as Response);

describe('DemoSignInPage', () => {
  afterEach(() => {
    jest.restoreAllMocks();
    window.localStorage.clear();
  });

  const show = () => {
    const onSignInSuccess = jest.fn();
    renderInTestApp(<DemoSignInPage onSignInSuccess={onSignInSuccess} />, {
      config: {
        app: { demo: { people } },
        backend: { baseUrl: 'http://localhost:7007' },
      },
    });
    return onSignInSuccess;
  };

  it('says that the organisation is simulated, and lets people in as whom they choose', async () => {
    const ask = jest
      .spyOn(global, 'fetch')
      .mockImplementation(async () => answer(200, session));
    const onSignInSuccess = show();
    expect(
      await screen.findByText('This is a simulated organisation'),
    ).toBeInTheDocument();
    expect(screen.getByText('docs/connect-github.md')).toBeInTheDocument();
    expect(screen.getByText('Owns Checkout')).toBeInTheDocument();

    await userEvent.click(screen.getByRole('button', { name: 'Jonas Weber' }));
    await waitFor(() => expect(onSignInSuccess).toHaveBeenCalled());
    const [address, request] = ask.mock.calls[0];
    expect(String(address)).toMatch(/\/api\/auth\/demo\/refresh$/);
    expect((request!.headers as Headers).get('x-demo-user')).toBe(
      'jonas.weber',
    );

    // Remembered until signing out.
    expect(demoVisitor.read()).toBe('jonas.weber');
    await onSignInSuccess.mock.calls[0][0].signOut();
    expect(demoVisitor.read()).toBeUndefined();
  });

  it('shows why somebody could not come in, and lets choose again', async () => {
    jest.spyOn(global, 'fetch').mockImplementation(async () => answer(404, {}));
    const onSignInSuccess = show();
    const name = await screen.findByLabelText(/any other user/);
    await userEvent.type(name, 'nobody{Enter}');
    await screen.findByText(/Could not go in as nobody/);
    await userEvent.click(screen.getByText('Choose somebody else'));
    expect(
      await screen.findByText('This is a simulated organisation'),
    ).toBeInTheDocument();
    expect(onSignInSuccess).not.toHaveBeenCalled();
  });
});
