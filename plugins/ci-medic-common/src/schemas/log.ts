import { z } from 'zod';

/**
 * A line of a job's log: cleaned of control sequences and redacted.
 *
 * @public
 */
export const logLineSchema = z.object({
  /** From 1; `\r\n`, `\n` and a lone `\r` each end a line. */
  number: z.number().int().positive(),
  time: z.string().optional(),
  level: z.enum(['error', 'warning', 'notice', 'info', 'debug', 'command']),
  text: z.string(),
  step: z.string().optional(),
  /** Names of the folded groups that the line is in, outermost first. */
  group: z.array(z.string()).optional(),
  /** Number of bytes that were cut from the end of the line. */
  truncatedBytes: z.number().int().positive().optional(),
});

/** @public */
export type LogLine = z.infer<typeof logLineSchema>;

/**
 * A page of a log, by line number.
 *
 * @public
 */
export const logPageSchema = z.object({
  lines: z.array(logLineSchema),
  /** Lines in the whole log. */
  totalLines: z.number().int().nonnegative(),
  /** Of an enormous log, the lines between these two are not stored, apart from those around errors. */
  omitted: z
    .object({ from: z.number().int(), to: z.number().int() })
    .optional(),
});

/** @public */
export type LogPage = z.infer<typeof logPageSchema>;

/**
 * Lines that explain a failure, first and last included.
 *
 * @public
 */
export const logRangeSchema = z.object({
  start: z.number().int().positive(),
  end: z.number().int().positive(),
  /** Code of the reason, such as `new-since-pass`. */
  reason: z.string(),
  /** The reason in one sentence. */
  message: z.string(),
  score: z.number(),
});

/** @public */
export type LogRange = z.infer<typeof logRangeSchema>;

/**
 * What a recognized tool said in a log.
 *
 * @public
 */
export const toolFindingSchema = z.object({
  tool: z.string(),
  kind: z.string(),
  /** Line of the log. */
  line: z.number().int().positive(),
  message: z.string(),
  file: z.string().optional(),
  sourceLine: z.number().int().optional(),
  column: z.number().int().optional(),
  rule: z.string().optional(),
  test: z.string().optional(),
  package: z.string().optional(),
  version: z.string().optional(),
  exitCode: z.number().int().optional(),
  signal: z.string().optional(),
  httpStatus: z.number().int().optional(),
  host: z.string().optional(),
  /** What a rule of the adopter captured, and what it says to do. */
  captures: z.record(z.string(), z.string()).optional(),
  advice: z.string().optional(),
  /** The file at the job's commit, in the CI system. */
  url: z.string().optional(),
});

/** @public */
export type ToolFinding = z.infer<typeof toolFindingSchema>;

/**
 * Why a job failed, as far as its log says: ranges in order of importance, each with its lines and some context.
 *
 * @public
 */
export const explanationSchema = z.object({
  jobId: z.string(),
  headline: z.string().optional(),
  fingerprint: z.string().optional(),
  /** How many passing runs of the same job it was compared with. */
  comparedWith: z.number().int().nonnegative(),
  /** The last passing run of the same job, when there is one. */
  lastPass: z
    .object({ runId: z.string(), attempt: z.number(), at: z.iso.datetime() })
    .optional(),
  ranges: z.array(
    logRangeSchema.extend({
      lines: z.array(logLineSchema),
      before: z.array(logLineSchema),
      after: z.array(logLineSchema),
    }),
  ),
  findings: z.array(toolFindingSchema),
});

/** @public */
export type Explanation = z.infer<typeof explanationSchema>;
