/**
 * What the system said of an effect that it carried out, as far as it said anything.
 *
 * @public
 */
export type EffectReceipt = { runId?: string };

/**
 * An effect that is ready to happen: calling it sends the request at once, and never twice.
 *
 * @public
 */
export type PreparedEffect = (
  signal: AbortSignal,
) => Promise<EffectReceipt | void>;
