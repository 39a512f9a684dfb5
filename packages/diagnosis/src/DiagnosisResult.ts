import { FailureCategory, KnownCategory } from './taxonomy/SubCategory';

/**
 * Where evidence comes from.
 *
 * @public
 */
export type EvidenceSource =
  | 'model'
  | 'signature'
  | 'history'
  | 'figure'
  | 'feedback';

/**
 * One thing that weighed, in words.
 *
 * @public
 */
export type DiagnosisReason = {
  source: EvidenceSource;
  /** The category that it speaks for. */
  category: FailureCategory;
  /** In natural logarithms of odds; negative speaks against the category. */
  weight: number;
  text: string;
  /** Lines of the log, first and last included. */
  lines?: [number, number][];
};

/**
 * What kind of failure it is, how sure that is, and why.
 *
 * @public
 */
export type DiagnosisResult = {
  /** `figure` where nothing failed: then there is nothing to run again. */
  subject?: 'figure';
  category: FailureCategory;
  subCategory?: string;
  /** Calibrated probability that the category is right; for `unknown`, that of the best guess. */
  confidence: number;
  /** For `unknown` the best guess. */
  secondBest?: {
    category: FailureCategory;
    subCategory?: string;
    confidence: number;
  };
  /** They add up to 1; `unknown` is always 0, because it is an answer and not a kind of failure. */
  probabilities: Record<FailureCategory, number>;
  /** Probability that the same commit passes when it is run again without any change. */
  transient: number;
  decidedBy: EvidenceSource;
  /** The strongest first. */
  reasons: DiagnosisReason[];
  /** For `unknown`: what would settle it. */
  wouldSettle: string[];
  missing: { part: string; reason: string }[];
  model?: { name: string; version: string };
};

/** A piece of evidence before it is weighed against the others. */
export type Evidence = {
  source: EvidenceSource;
  text: string;
  lines?: [number, number][];
  /** What it adds to the logarithm of the odds of categories. */
  categories: Partial<Record<KnownCategory, number>>;
  /** What it adds to those of sub-categories, by key. */
  subCategories?: Record<string, number>;
  /** What it adds to the odds that a rerun passes. */
  transient?: number;
};
