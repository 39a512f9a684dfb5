import {
  RemediationGate,
  RemediationGateName,
  RemediationMode,
} from '@ci-medic/plugin-ci-medic-common';
import { CiProvider } from '@ci-medic/plugin-ci-medic-node';
import { CiMedicDatabase } from '../../database';
import { askPeople } from './askPeople';
import { askPolicy } from './askPolicy';
import { Budgets } from './Budgets';
import { CatalogTerms } from './CatalogTerms';
import { Calendar } from './Calendar';
import { Decisions } from './Decisions';
import { GateDecision, GateRequest } from './GateRequest';
import { guardrailsOf } from './Guardrails';
import { KillSwitch } from './KillSwitch';
import { leastOf, Modes } from './Modes';
import { PolicyAnswer, RemediationPolicy } from './RemediationPolicy';

type Options = {
  database: CiMedicDatabase;
  killSwitch: KillSwitch;
  budgets: Budgets;
  policy: RemediationPolicy;
  modes: Modes;
  terms: CatalogTerms;
  calendar: Calendar;
  decisions: Decisions;
  provider(id: string): CiProvider;
};

const names: RemediationGateName[] = [
  'kill_switch',
  'guardrails',
  'policy',
  'mode',
  'people',
];
const automaticActions = ['rerun'];

/**
 * Leads through the gates in their order. The first that says no decides; every answer is written down before anybody
 * acts on it.
 */
export class Gatekeeper {
  readonly #options: Options;

  constructor(options: Options) {
    this.#options = options;
  }

  /** Also for screens: without writing anything down. */
  async preview(request: GateRequest): Promise<GateDecision> {
    return (await this.#pass(request)).decision;
  }

  async decide(request: GateRequest): Promise<GateDecision> {
    const { decision, input, revision } = await this.#pass(request);
    const { subject, treatment, moment, planId, actor } = request;
    await this.#options.decisions.add({
      ...{ moment, planId, actor, input, policyRevision: revision },
      ...{ result: decision.result, mode: decision.mode },
      ...{ gates: decision.gates, reasons: decision.reasons },
      action: treatment.action,
      incidentId: subject.incidentId,
      entityRefs: subject.entityRefs,
    });
    return decision;
  }

  async #pass(request: GateRequest) {
    const { killSwitch, policy, terms, calendar } = this.#options;
    const { subject, treatment } = request;
    const gates: RemediationGate[] = [];
    let input: object = {};
    const { revision } = await policy.state();
    const decided = (
      result: GateDecision['result'],
      reasons: string[],
      more?: Partial<GateDecision>,
    ) => ({
      decision: {
        ...{ result, reasons, gates: withRest(gates) },
        ...{ mode: 'off' as const, approvalsNeeded: 0, isNever: false },
        ...more,
      },
      ...{ input, revision },
    });
    const refuse = (gate: RemediationGateName, reasons: string[]) => {
      gates.push({ gate, result: 'refused', reasons });
      return decided('refused', reasons);
    };
    const pass = (gate: RemediationGateName, ...reasons: string[]) =>
      gates.push({ gate, result: 'passed', reasons });

    const stops = treatment.isAdvice
      ? []
      : await killSwitch.reasons(treatment.action, subject.entityRefs);
    if (stops.length > 0) {
      return refuse('kill_switch', stops);
    }
    pass('kill_switch', 'No kill switch is on');

    const { never, others } = await this.#guardrails(request);
    if (never.length + others.length > 0) {
      const refused = refuse('guardrails', [...never, ...others]);
      refused.decision.isNever = never.length > 0;
      return refused;
    }
    pass('guardrails', 'Nothing that is never done, and the budgets have room');

    const asked = await askPolicy({ request, policy, terms, calendar });
    ({ input } = asked);
    const { answer, tiers } = asked;
    if (!answer.allow) {
      return refuse('policy', answer.reasons);
    }
    pass('policy', ...answer.reasons);

    const { mode, reasons } = await this.#mode(request, answer, tiers);
    if (mode === 'off') {
      return refuse('mode', reasons);
    }
    if (mode === 'shadow') {
      gates.push({ gate: 'mode', result: 'refused', reasons });
      return decided('shadowed', reasons, { mode });
    }
    pass('mode', ...reasons);

    const people = await askPeople({ request, mode, answer, terms });
    const { needed: approvalsNeeded } = people;
    gates.push({
      gate: 'people',
      result: people.result,
      reasons: people.reasons,
    });
    return decided(
      people.result === 'passed' ? 'allowed' : people.result,
      people.reasons,
      { mode, approvalsNeeded },
    );
  }

  async #guardrails({ subject, treatment, remediationId }: GateRequest) {
    const { database, budgets, provider } = this.#options;
    const { effects } = provider(subject.target.project.provider);
    const now = await database.now();
    const { never, refusable } = guardrailsOf({
      ...{ subject, treatment, effects, now },
    });
    const spent = treatment.isAdvice
      ? undefined
      : await budgets.refusal({ remediationId, ...subject });
    return { never, others: [...refusable, ...(spent ? [spent] : [])] };
  }

  /** The most careful of what is set for the entities, what the policy says, and what is ever automatic. */
  async #mode(
    { subject, treatment }: GateRequest,
    answer: PolicyAnswer,
    tiers: (string | undefined)[],
  ): Promise<{ mode: RemediationMode; reasons: string[] }> {
    const { modes } = this.#options;
    const { action } = treatment;
    const { category } = subject.diagnosis;
    const set = await Promise.all(
      tiers.map(tier => modes.of({ category, action, tier })),
    );
    const wanted = leastOf(...set.map(({ mode }) => mode));
    const reasons = set
      .filter(({ mode }) => mode === wanted)
      .map(({ reason }) => reason);
    let mode = leastOf(wanted, answer.mode);
    if (mode !== wanted) {
      reasons.push(`The policy goes no further than ${answer.mode}`);
    }
    if (mode === 'automatic' && !automaticActions.includes(action)) {
      mode = 'suggest';
      reasons.push(`Only ${automaticActions.join(', ')} is ever automatic`);
    }
    if (mode === 'automatic' && category === 'unknown') {
      mode = 'suggest';
      reasons.push('Nothing is automatic while the kind of failure is unknown');
    }
    return { mode, reasons: [...new Set(reasons)] };
  }
}

function withRest(gates: RemediationGate[]): RemediationGate[] {
  return [
    ...gates,
    ...names.slice(gates.length).map(gate => ({
      ...{ gate, result: 'not_reached' as const, reasons: [] },
    })),
  ];
}
