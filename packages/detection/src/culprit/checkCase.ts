import { DetectionInputError } from '../DetectionInputError';
import { evidenceWeights } from './evidenceWeights';
import { CulpritCase, Evidence } from './types';

const reserved = ['flaky', 'infrastructure', 'unlisted'];

function checkProbability(name: string, value: number | undefined) {
  if (value !== undefined && !(value >= 0 && value < 1)) {
    throw new DetectionInputError(`${name} is ${value}, not in 0..1`);
  }
}

function checkEvidence(owner: string, evidence: Evidence[] = []) {
  for (const { name, value, weight } of evidence) {
    if (name !== 'custom' && !Object.hasOwn(evidenceWeights, name)) {
      throw new DetectionInputError(
        `Evidence "${name}" of ${owner} is not known; known are ${Object.keys(
          evidenceWeights,
        ).join(', ')} and custom`,
      );
    }
    if (name === 'custom' && weight === undefined) {
      throw new DetectionInputError(
        `Custom evidence of ${owner} has no weight`,
      );
    }
    for (const number of [value, weight]) {
      if (number !== undefined && !Number.isFinite(number)) {
        throw new DetectionInputError(
          `Evidence "${name}" of ${owner} has the number ${number}`,
        );
      }
    }
  }
}

/**
 * Refuses a case that cannot be ranked.
 *
 * @throws DetectionInputError that names the field
 */
export function checkCase(options: CulpritCase) {
  if (
    !Array.isArray(options.suspects) ||
    !Array.isArray(options.observations)
  ) {
    throw new DetectionInputError(
      'A case needs the arrays "suspects" and "observations"',
    );
  }
  const ids = new Set<string>(reserved);
  for (const { id, position, evidence } of options.suspects) {
    if (typeof id !== 'string' || ids.has(id)) {
      throw new DetectionInputError(
        `The id "${id}" of a suspect is missing, reserved or there twice`,
      );
    }
    ids.add(id);
    if (!Number.isFinite(position)) {
      throw new DetectionInputError(`Suspect "${id}" has no position`);
    }
    checkEvidence(`suspect "${id}"`, evidence);
  }
  for (const { position, outcome } of options.observations) {
    if (!Number.isFinite(position) || !['pass', 'fail'].includes(outcome)) {
      throw new DetectionInputError(
        `An observation needs a position and the outcome pass or fail, not ${position} and ${outcome}`,
      );
    }
  }
  if (!options.observations.some(({ outcome }) => outcome === 'fail')) {
    throw new DetectionInputError('No observation failed: nothing to explain');
  }
  const { flaky = {}, infrastructure = {} } = options;
  checkProbability('flaky.prior', flaky.prior);
  checkProbability('infrastructure.prior', infrastructure.prior);
  checkProbability('unlistedPrior', options.unlistedPrior);
  checkProbability('failureRate', options.failureRate);
  checkProbability('backgroundRate', options.backgroundRate);
  checkEvidence('flaky', flaky.evidence);
  checkEvidence('infrastructure', infrastructure.evidence);
  const { flips = 0, verdicts = flips } = flaky;
  if (!(flips >= 0 && verdicts >= flips && Number.isFinite(verdicts))) {
    throw new DetectionInputError(
      `flaky.flips ${flips} of flaky.verdicts ${verdicts} is not a share`,
    );
  }
}
