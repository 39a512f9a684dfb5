/** One figure that the engine is held to. */
export type Mark = {
  name: string;
  /** What was measured; absent where it could not be. */
  value?: number;
  unit?: string;
  /** Of how many cases. */
  cases?: number;
  /** 95 %; how it was computed stands in `basis`. */
  interval?: [low: number, high: number];
  target: number;
  /** Whether `value` has to be at least or at most `target`. */
  atMost?: boolean;
  reached?: boolean;
  /** On which data, counted how. */
  basis: string;
  /** Why there is no value. */
  skipped?: string;
  /** Further figures of the same measurement. */
  details?: Record<string, number | string>;
};

/** Completes a mark with whether it is reached, and rounds what is shown. */
export function measured(mark: Omit<Mark, 'reached'>): Mark {
  const { value, target, atMost, interval } = mark;
  if (value === undefined) {
    return mark;
  }
  return {
    ...mark,
    value: rounded(value),
    ...(interval && {
      interval: [rounded(interval[0]), rounded(interval[1])] as [
        number,
        number,
      ],
    }),
    reached: atMost ? value <= target : value >= target,
  };
}

function rounded(value: number): number {
  return Math.abs(value) >= 1000
    ? Math.round(value)
    : Math.round(value * 1000) / 1000;
}
