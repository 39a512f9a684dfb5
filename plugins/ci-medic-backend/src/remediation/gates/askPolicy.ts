import { CatalogTerms } from './CatalogTerms';
import { Calendar } from './Calendar';
import { GateRequest } from './GateRequest';
import { leastOf } from './Modes';
import {
  PolicyAnswer,
  PolicyInput,
  RemediationPolicy,
} from './RemediationPolicy';

/**
 * Asks the policy for each entity that is concerned. All have to allow it; the most careful mode and the most approvals
 * count.
 */
export async function askPolicy(options: {
  request: GateRequest;
  policy: RemediationPolicy;
  terms: CatalogTerms;
  calendar: Calendar;
}): Promise<{
  answer: PolicyAnswer;
  input: object;
  tiers: (string | undefined)[];
}> {
  const { request, policy, terms, calendar } = options;
  const { entityRefs } = request.subject;
  const entities = await terms.of(entityRefs);
  const known = entities.flatMap(entity => entity ?? []);
  const inputs = known.map(entity => inputOf(request, entity, calendar));
  const result = (answer: PolicyAnswer) => ({
    ...{ answer, tiers: known.map(({ tier }) => tier) },
    input: inputs.length === 1 ? inputs[0] : { all: inputs },
  });
  // What the catalog has no more is nobody's concern, as long as something is left.
  if (known.length === 0) {
    return result({
      ...{ allow: false, mode: 'off', approvals: 0 },
      reasons: [
        `The catalog does not have ${entityRefs.join(', ') || 'the entity'}`,
      ],
    });
  }
  const answers: PolicyAnswer[] = [];
  for (const input of inputs) {
    answers.push(await policy.decide(input));
  }
  const deciding = answers.filter(({ allow }) => !allow);
  const heard = deciding.length > 0 ? deciding : answers;
  return result({
    allow: deciding.length === 0,
    mode: leastOf(...answers.map(({ mode }) => mode)),
    approvals: Math.max(...answers.map(({ approvals }) => approvals)),
    reasons: [...new Set(heard.flatMap(({ reasons }) => reasons))],
  });
}

function inputOf(
  request: GateRequest,
  entity: PolicyInput['entity'],
  calendar: Calendar,
): PolicyInput {
  const { subject, treatment, strategy, environment, minutes } = request;
  const { diagnosis, run, target, attempt } = subject;
  return {
    ...{ action: treatment.action, strategy, environment, entity, attempt },
    category: diagnosis.category,
    sub_category: diagnosis.subCategory,
    confidence: diagnosis.confidence,
    transient: diagnosis.transient,
    branch: target.branch,
    event: run.event,
    pipeline: run.pipelineName,
    cost: { minutes },
    ...calendar.terms(),
  };
}
