/**
 * An input cannot be judged: a number is missing or not finite, or a field contradicts another. The message says which
 * and what was expected.
 *
 * @public
 */
export class DetectionInputError extends Error {
  readonly name = 'DetectionInputError';
}
