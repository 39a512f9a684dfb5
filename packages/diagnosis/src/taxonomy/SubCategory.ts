/**
 * What kind of failure it is; `unknown` is a real answer.
 *
 * @public
 */
export type FailureCategory =
  | 'flaky_test'
  | 'dependency'
  | 'infrastructure'
  | 'configuration'
  | 'code'
  | 'unknown';

/**
 * A category that evidence can speak for.
 *
 * @public
 */
export type KnownCategory = Exclude<FailureCategory, 'unknown'>;

/**
 * What could be done about a failure. `advise` means that a person has to act.
 *
 * @public
 */
export type SuitableRemedy =
  | 'rerun'
  | 'fresh-runner'
  | 'rebuild'
  | 'rollback'
  | 'canary'
  | 'advise';

/**
 * A kind of failure, fine enough to give advice for.
 *
 * @public
 */
export type SubCategory = {
  /** Its category and its name, such as `infrastructure.disk_full`. */
  key: string;
  category: KnownCategory;
  title: string;
  /** One or two sentences for people. */
  description: string;
  /** A line as a log shows it. */
  example: string;
  /** What to do, in this order. */
  advice: readonly string[];
  /** How likely the same commit passes when it is only run again, before anything else is known. */
  transient: number;
  /** What suits it, the most suitable first. */
  remedies: readonly SuitableRemedy[];
};

/** A sub-category without what follows from the file that it stands in. */
export type SubCategoryText = Omit<SubCategory, 'key' | 'category'>;

/** Completes the sub-categories of one category. */
export function subCategoriesOf(
  category: KnownCategory,
  texts: Readonly<Record<string, SubCategoryText>>,
): SubCategory[] {
  return Object.entries(texts).map(([name, text]) => ({
    key: `${category}.${name}`,
    category,
    ...text,
  }));
}
