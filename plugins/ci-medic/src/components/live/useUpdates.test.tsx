import { TestApiProvider } from '@backstage/frontend-test-utils';
import { signalApiRef } from '@backstage/plugin-signals-react';
import { renderHook } from '@testing-library/react';
import { ReactNode } from 'react';
import { useUpdates } from './useUpdates';

describe('useUpdates', () => {
  beforeEach(() => {
    jest.useFakeTimers();
  });
  afterEach(() => {
    jest.restoreAllMocks();
    jest.useRealTimers();
  });

  it('asks every 30 seconds where there are no signals, while the page is visible', () => {
    const onUpdate = jest.fn();
    const { unmount } = renderHook(
      () => useUpdates({ channel: 'ci-medic:runs', onUpdate }),
      {
        wrapper: ({ children }: { children: ReactNode }) => (
          <TestApiProvider apis={[]}>{children}</TestApiProvider>
        ),
      },
    );
    jest.advanceTimersByTime(29_999);
    expect(onUpdate).toHaveBeenCalledTimes(0);
    jest.advanceTimersByTime(30_001);
    expect(onUpdate).toHaveBeenCalledTimes(2);

    jest.spyOn(document, 'visibilityState', 'get').mockReturnValue('hidden');
    jest.advanceTimersByTime(60_000);
    expect(onUpdate).toHaveBeenCalledTimes(2);
    unmount();
    expect(jest.getTimerCount()).toBe(0);
  });

  it('asks seldom where signals tell it', () => {
    const onUpdate = jest.fn();
    const signals = { subscribe: () => ({ unsubscribe: () => {} }) };
    renderHook(() => useUpdates({ channel: 'ci-medic:runs', onUpdate }), {
      wrapper: ({ children }: { children: ReactNode }) => (
        <TestApiProvider apis={[[signalApiRef, signals]]}>
          {children}
        </TestApiProvider>
      ),
    });
    jest.advanceTimersByTime(299_999);
    expect(onUpdate).toHaveBeenCalledTimes(0);
    jest.advanceTimersByTime(1);
    expect(onUpdate).toHaveBeenCalledTimes(1);
  });
});
