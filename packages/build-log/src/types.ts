/** How serious a line says it is, as its dialect or its own words state it. @public */
export type LogLevel =
  | 'error'
  | 'warning'
  | 'notice'
  | 'info'
  | 'debug'
  | 'command';

/** One cleaned and redacted line, safe to store and to show. @public */
export type LogLine = {
  /** 1-based; `\r\n`, `\n` and a lone `\r` each end a line. */
  number: number;
  /** ISO 8601 instant the runner wrote the line, where the dialect carries one. */
  time?: string;
  level: LogLevel;
  /** Without ANSI codes, control bytes, runner timestamps and markers. */
  text: string;
  step?: string;
  /** Titles of the open groups, outermost first. */
  group?: string[];
  /** Stable across replicas and restarts: a function of the text alone. */
  templateId: string;
  /** Bytes of the line beyond the 64 KiB that are kept. */
  truncatedBytes?: number;
  /** The line with `<*>` for what varies; only where details are wanted. */
  template?: string;
  /** What stands in place of each `<*>`; only where details are wanted. */
  parameters?: string[];
  /** What a tool says on the line; only where details are wanted. */
  finding?: ToolFinding;
};

/** Why a range was chosen. @public */
export type LogRangeReason =
  | 'tool_finding'
  | 'runner_error'
  | 'exception'
  | 'test_failure'
  | 'compile_error'
  | 'error_message'
  | 'infrastructure'
  | 'not_in_passing_runs'
  | 'user_rule'
  | 'exit_status'
  | 'end_of_log';

/** A run of lines that helps to explain the failure. Both ends inclusive. @public */
export type LogRange = {
  start: number;
  end: number;
  reason: LogRangeReason;
  /** One sentence for people. */
  message: string;
  /** Higher is more telling; comparable within one log only. */
  score: number;
};

/** What a recognized tool said on a line. @public */
export type ToolFinding = {
  tool: string;
  kind: string;
  /** Line number in the log. */
  line: number;
  message: string;
  file?: string;
  /** Line number in `file`. */
  sourceLine?: number;
  column?: number;
  rule?: string;
  test?: string;
  package?: string;
  version?: string;
  exitCode?: number;
  signal?: string;
  httpStatus?: number;
  host?: string;
  /** What a user's rule captured, by name. */
  captures?: Record<string, string>;
  /** What a user's rule says to do. */
  advice?: string;
};

/**
 * What a passing run of a job normally prints, as hashes of its templates.
 * Plain JSON; at most 64 KB once stringified.
 *
 * @public
 */
export type LogSketch = {
  version: number;
  /** How many runs were merged. */
  runs: number;
  /** Base64 of ascending little-endian 32-bit template hashes. */
  templates: string;
  /** Hashes at or above this value were dropped to bound the size. */
  limit: number;
};

/** A package that a failure may come from. @public */
export type SuspectedPackage = {
  /** `group:artifact` for Java, else the name that its registry gives it. */
  name: string;
  version?: string;
  /** Higher is more suspected; comparable within one log only. */
  score: number;
  /** An error names it, the log announces its change, or it is only mentioned. */
  reason: 'error' | 'announced' | 'mentioned';
  /** Line that says most of it. */
  line: number;
};

/** What one log says about its job. @public */
export type LogAnalysis = {
  version: number;
  dialect: string;
  lines: number;
  bytes: number;
  /** In order of importance. */
  explanation: LogRange[];
  /** Absent when nothing in the log points to a failure. */
  fingerprint?: string;
  /** The most telling line, redacted, at most 300 characters. */
  headline?: string;
  findings: ToolFinding[];
  /** Packages that the failure may come from, the most suspected first; at most ten. */
  packages: SuspectedPackage[];
  sketch: LogSketch;
  /** How many secrets of each kind were replaced. */
  redactions: Record<string, number>;
};

/** Reads one log, chunk by chunk, with bounded memory. @public */
export interface LogAnalyzer {
  /** Returns the lines this chunk completed; cutting the log elsewhere changes nothing. */
  write(chunk: Uint8Array): LogLine[];
  /** Returns the last lines and everything learned from the log. Call it once. */
  end(): { lines: LogLine[]; analysis: LogAnalysis };
}
