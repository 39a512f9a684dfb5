import { NotAllowedError } from '@backstage/errors';
import { findSubCategory } from '@ci-medic/diagnosis';
import {
  PreparedEffect,
  Treatment,
  TreatmentCase,
  TreatmentFacts,
  TreatmentFinding,
  TreatmentProposal,
  TreatmentReadiness,
} from '@ci-medic/plugin-ci-medic-node';
import { describeTarget } from './Reruns';

const MOST_LINES = 3;
const LONGEST_LINE = 300;

/**
 * Does nothing but say what a person should do: by the kind of the failure, its evidence, and what helped before.
 */
export class AdviseTreatment implements Treatment {
  readonly action = 'advise';
  readonly title = 'Advice';
  readonly verification = 'What people say of it';
  readonly isAdvice = true;

  async propose({
    target,
    failure,
  }: Parameters<Treatment['propose']>[0]): Promise<TreatmentProposal> {
    const kind = findSubCategory(failure.subCategory ?? '');
    return {
      ...{ parameters: {}, observed: {} },
      stages: stepsOf(failure, kind?.advice ?? []),
      what: kind
        ? `Nothing is done. ${kind.title}: ${kind.description}`
        : 'Nothing is done: what kind of failure it is, is not known well enough.',
      target: describeTarget(target),
      worstCase: 'None: nothing is changed.',
      undo: 'There is nothing to undo.',
      minutes: 0,
    };
  }

  async observe(): Promise<TreatmentFacts> {
    return {};
  }

  readiness(): TreatmentReadiness {
    return { kind: 'ready' };
  }

  async prepare(): Promise<PreparedEffect> {
    throw new NotAllowedError('Advice is not carried out');
  }

  traceOf(): TreatmentFacts {
    return {};
  }

  find(): TreatmentFinding {
    return { kind: 'unchanged' };
  }

  outcome(): undefined {
    return undefined;
  }

  latestActionMs(): number {
    return 0;
  }
}

function stepsOf(failure: TreatmentCase, advice: readonly string[]): string[] {
  const lines = failure.evidence
    .filter(line => line.trim() !== '')
    .slice(0, MOST_LINES)
    .map(line => line.trim().slice(0, LONGEST_LINE));
  return [
    ...failure.helped.map(told => `It helped before: ${told}`),
    lines.length > 0
      ? `Read what the log says: ${lines.join(' / ')}`
      : 'Open the log of the failed job: nothing in it explains the failure by itself.',
    ...(advice.length > 0
      ? advice
      : [
          'Compare with the last run that passed: what changed in code, dependencies, and machines?',
          'Say in the incident what it was, so that it is known the next time.',
        ]),
  ];
}
