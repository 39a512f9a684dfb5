import { createLogAnalyzer, LogAnalysis, LogSketch } from '@ci-medic/build-log';
import { DiagnosisInput, FailureLine, wantedLines } from '@ci-medic/diagnosis';
import { LogSource, openLog } from './openLog';

/** A failure of which only the log is known. */
export type Failure = { analysis: LogAnalysis; input: DiagnosisInput };

async function analyze(
  source: LogSource,
  passing: LogSketch[],
): Promise<LogAnalysis> {
  const analyzer = createLogAnalyzer({ passing, lines: false });
  for await (const chunk of openLog(source)) {
    analyzer.write(chunk);
  }
  return analyzer.end().analysis;
}

async function sketchOf(source: LogSource): Promise<LogSketch> {
  const analyzer = createLogAnalyzer({ failed: false, lines: false });
  for await (const chunk of openLog(source)) {
    analyzer.write(chunk);
  }
  return analyzer.end().analysis.sketch;
}

/** Reads a log a second time for the lines that matter, so that memory does not grow with it. */
async function linesOf(
  source: LogSource,
  analysis: LogAnalysis,
): Promise<{ lines: FailureLine[]; step?: string }> {
  const wanted = wantedLines(analysis);
  const matters = (number: number) =>
    wanted.some(([start, end]) => start <= number && number <= end);
  const lines: FailureLine[] = [];
  let step: string | undefined;
  const analyzer = createLogAnalyzer({ failed: false });
  const keep = (read: ReturnType<typeof analyzer.write>) => {
    for (const line of read) {
      if (matters(line.number)) {
        lines.push({ number: line.number, text: line.text });
      }
      if (line.number === analysis.explanation[0]?.start) {
        step = line.step;
      }
    }
  };
  for await (const chunk of openLog(source)) {
    keep(analyzer.write(chunk));
  }
  keep(analyzer.end().lines);
  return { lines, step };
}

/** Understands the log of a failed job, compared with one that passed where there is one. */
export async function readFailure(
  source: LogSource,
  options: { passed?: LogSource; job?: DiagnosisInput['job'] } = {},
): Promise<Failure> {
  const { passed, job } = options;
  const passing = passed ? [await sketchOf(passed)] : [];
  const analysis = await analyze(source, passing);
  const { lines, step } = await linesOf(source, analysis);
  const exitCodes = analysis.findings.flatMap(({ exitCode }) => exitCode ?? []);
  return {
    analysis,
    input: {
      analysis,
      lines,
      job: { step, exitCodes: [...new Set(exitCodes)], ...job },
    },
  };
}
