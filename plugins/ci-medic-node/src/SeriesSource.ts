/**
 * A series of figures from outside, of one entity.
 *
 * @public
 */
export type SourceSeries = {
  /** Stable within the source; with the entity it names the series. */
  id: string;
  /** What people read, such as `Runner memory`. */
  name: string;
  /** Reference of the entity that it belongs to. */
  entityRef: string;
  /** `seconds`, `bytes`, `share` (0 to 1), or any other word. */
  unit?: string;
  /** In order of time. */
  points: { at: Date; value: number }[];
};

/**
 * A system that has figures of entities, such as Prometheus.
 *
 * @public
 */
export interface SeriesSource {
  /** Short and stable, such as `prometheus`; part of stored ids. */
  readonly id: string;
  readonly title: string;

  /**
   * Reads what was measured after `from` and until `to`. Called again and again with later times; what was read before
   * is not changed any more.
   *
   * @remarks
   *
   * A `RateLimitedError` or any other error leaves out this time; the next one asks for the same and what came after.
   */
  read(request: {
    from: Date;
    to: Date;
    signal: AbortSignal;
  }): Promise<SourceSeries[]>;
}
