import { code } from './code';
import { configuration } from './configuration';
import { dependencies } from './dependencies';
import { flakyTests } from './flakyTests';
import { infrastructure } from './infrastructure';
import { FailureCategory, KnownCategory, SubCategory } from './SubCategory';

/**
 * The categories that evidence can speak for, in the order in which models
 * give their probabilities.
 *
 * @public
 */
export const KNOWN_CATEGORIES: readonly KnownCategory[] = [
  'flaky_test',
  'dependency',
  'infrastructure',
  'configuration',
  'code',
];

/**
 * What people read for a category.
 *
 * @public
 */
export const CATEGORY_TITLES: Readonly<Record<FailureCategory, string>> = {
  flaky_test: 'flaky test',
  dependency: 'dependency',
  infrastructure: 'infrastructure',
  configuration: 'configuration',
  code: 'code',
  unknown: 'unknown',
};

/**
 * All kinds of failures that can be told apart.
 *
 * @public
 */
export const SUB_CATEGORIES: readonly SubCategory[] = [
  ...flakyTests,
  ...dependencies,
  ...infrastructure,
  ...configuration,
  ...code,
];

const byKey = new Map(SUB_CATEGORIES.map(one => [one.key, one]));

/**
 * The sub-category with a key; nothing where there is none.
 *
 * @public
 */
export function findSubCategory(key: string): SubCategory | undefined {
  return byKey.get(key);
}
