import { RemediationMode } from '@ci-medic/plugin-ci-medic-common';
import { CatalogTerms } from './CatalogTerms';
import { GateRequest, Voice } from './GateRequest';
import { PolicyAnswer } from './RemediationPolicy';

const PRODUCTION = /^prod/i;

/**
 * Whether enough people agree who may. Who agreed and is no owner any more, or agreed to another plan, does not count.
 */
export async function askPeople(options: {
  request: GateRequest;
  mode: RemediationMode;
  answer: PolicyAnswer;
  terms: CatalogTerms;
}): Promise<{
  result: 'passed' | 'waits' | 'refused';
  needed: number;
  reasons: string[];
}> {
  const { request, mode, answer, terms } = options;
  const { treatment, environment = '', voices, hash, author } = request;
  if (treatment.isAdvice) {
    return {
      ...{ result: 'passed', needed: 0 },
      reasons: ['It is advice: nothing is done'],
    };
  }
  const isProduction = PRODUCTION.test(environment);
  const least = treatment.needsPerson && isProduction ? 2 : 1;
  const needed =
    mode === 'automatic' && !treatment.needsPerson
      ? answer.approvals
      : Math.max(least, answer.approvals);
  if (needed === 0) {
    return { result: 'passed', needed, reasons: ['Nobody has to agree'] };
  }
  const rejected = voices.find(({ verdict }) => verdict === 'rejected');
  if (rejected) {
    return {
      ...{ result: 'refused', needed },
      reasons: [`${rejected.approver} rejected it`],
    };
  }
  const reasons: string[] = [];
  const agreed: string[] = [];
  for (const voice of voices) {
    const problem =
      voice.hash === hash
        ? await ownershipProblem(request, voice, terms)
        : `${voice.approver} agreed to another plan`;
    if (problem) {
      reasons.push(problem);
    } else {
      agreed.push(voice.approver);
    }
  }
  const isAlone =
    treatment.needsPerson &&
    agreed.length > 0 &&
    agreed.every(approver => approver === author);
  if (agreed.length >= needed && !isAlone) {
    return {
      ...{ result: 'passed', needed },
      reasons: [`${agreed.join(' and ')} agreed`, ...reasons],
    };
  }
  if (isAlone) {
    reasons.push(`${author} asked for it, and somebody else has to agree`);
  }
  const missing = Math.max(needed - agreed.length, isAlone ? 1 : 0);
  const who = missing === 1 ? 'One owner has' : `${missing} owners have`;
  return {
    // Just before it is done there is no more waiting.
    result: request.moment === 'act' ? 'refused' : 'waits',
    needed,
    reasons: [`${who} to agree`, ...reasons],
  };
}

async function ownershipProblem(
  { moment, subject }: GateRequest,
  { approver, inCatalog }: Voice,
  terms: CatalogTerms,
): Promise<string | undefined> {
  // At the click it was checked with the rights of the person.
  if (moment !== 'act' || !inCatalog) {
    return undefined;
  }
  return (await terms.isOwner(approver, subject.entityRefs))
    ? undefined
    : `${approver} is no owner any more`;
}
