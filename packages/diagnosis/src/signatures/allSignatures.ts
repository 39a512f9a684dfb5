import { machines } from './machines';
import { network } from './network';
import { packages } from './packages';
import { settings } from './settings';
import { Signature } from './Signature';
import { sources } from './sources';
import { summaries } from './summaries';
import { tests } from './tests';

/**
 * The signatures in their order: of those that match a line, the first counts.
 * What names a cause stands before what only names its effect.
 *
 * @public
 */
export const SIGNATURES: readonly Signature[] = [
  ...machines,
  ...packages,
  ...network,
  ...settings,
  ...sources,
  ...tests,
  ...summaries,
];
