/**
 * A message whose meaning is known.
 *
 * @public
 */
export type Signature = {
  id: string;
  /** What it speaks for. */
  subCategory: string;
  /** In the syntax of RE2, which matches in linear time. */
  pattern: string;
  /** How much it speaks for it, in natural logarithms of odds: 1 a hint, 2 likely, 3 and more a name for it. */
  weight: number;
  /** What it may also come from, with weights of the same kind. */
  also?: Readonly<Record<string, number>>;
  /** What it adds to the odds that a rerun passes, where that differs from what is usual for its kind. */
  transient?: number;
  /** Whose wording it is. */
  provenance: string;
  /** Lines that it must recognize. */
  matches: readonly string[];
  /** Similar lines that it must leave alone. */
  rejects: readonly string[];
};
