import { InvalidArgumentError } from 'commander';

/** Reads a whole number of an option. */
export function wholeNumber(value: string): number {
  const number = Number(value);
  if (!Number.isInteger(number) || number < 0) {
    throw new InvalidArgumentError('A whole number is needed.');
  }
  return number;
}
