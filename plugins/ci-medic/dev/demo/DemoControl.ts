import {
  ModeRule,
  RemediationDecision,
  RemediationMode,
  RemediationOverview,
  RemediationStop,
  StopInput,
  StoredModeRule,
} from '@ci-medic/plugin-ci-medic-common';
import { demoPlans } from './demoPlans';

const GUEST = 'user:default/guest';

/**
 * Kill switch, modes and decisions, in memory.
 */
export class DemoControl {
  #stops: RemediationStop[] = [];
  #modes: StoredModeRule[] = [
    { action: 'rerun', tier: '3', mode: 'automatic', source: 'configuration' },
  ];

  stops() {
    return { items: [...this.#stops], mayControl: true };
  }

  stop(input: StopInput): RemediationStop {
    const stop = {
      ...{ ...input, id: String(Math.random()), setBy: GUEST },
      setAt: new Date().toISOString(),
    };
    this.#stops = [...this.#stops, stop];
    return stop;
  }

  lift(id: string) {
    this.#stops = this.#stops.filter(stop => stop.id !== id);
  }

  setMode(rule: Omit<ModeRule, 'mode'> & { mode?: RemediationMode }) {
    const { mode, ...of } = rule;
    this.#modes = this.#modes.filter(
      one =>
        one.source === 'configuration' ||
        one.action !== of.action ||
        one.category !== of.category ||
        one.tier !== of.tier,
    );
    if (mode) {
      this.#modes.unshift({
        ...{ ...of, mode, source: 'operator', setBy: GUEST },
        setAt: new Date().toISOString(),
      });
    }
  }

  overview(): RemediationOverview {
    const day = 24 * 3_600_000;
    return {
      ...{ modes: this.#modes, defaultMode: 'suggest', mayControl: true },
      budgets: [
        { scope: 'all', title: 'All repositories', limit: 60, used: 7 },
        { scope: 'project:1', title: 'acme/shop', limit: 10, used: 3 },
      ],
      actions: [
        { action: 'rerun', title: 'Rerun failed jobs' },
        { action: 'rollback', title: 'Roll back' },
      ],
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
        {
          ...{ action: 'rollback', category: 'code', started: 'person' },
          ...{ n: 3, succeeded: 3, low: 0.438, high: 1 },
        },
      ],
      outcomesSince: new Date(Date.now() - 90 * day).toISOString(),
    };
  }

  decisions(query: {
    result?: string;
    action?: string;
  }): RemediationDecision[] {
    return demoPlans('incident-1')
      .map(
        (plan): RemediationDecision => ({
          ...{ id: plan.id, at: plan.createdAt, moment: 'plan' },
          result: plan.state === 'denied' ? 'refused' : 'waits',
          ...{ action: plan.action, planId: plan.id, actor: 'ci-medic' },
          ...{ entityRefs: ['component:default/shop'], gates: plan.gates },
          ...{ reasons: [plan.reason], policyRevision: 'd00704b69aa5' },
          input: {},
        }),
      )
      .filter(({ result }) => !query.result || result === query.result)
      .filter(({ action }) => !query.action || action === query.action);
  }
}
