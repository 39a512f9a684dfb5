import { createLogAnalyzer, LogAnalyzerOptions } from '../createLogAnalyzer';
import { LogAnalysis, LogLine } from '../types';
import { openLog } from './openLog';

/** Reads a whole log; its lines go to `onLine`, where that is given. */
export async function analyzeLog(
  path: string,
  options: LogAnalyzerOptions,
  onLine?: (line: LogLine) => void,
): Promise<LogAnalysis> {
  const analyzer = createLogAnalyzer({ ...options, lines: Boolean(onLine) });
  for await (const chunk of await openLog(path)) {
    for (const line of analyzer.write(chunk)) {
      onLine!(line);
    }
  }
  const { lines, analysis } = analyzer.end();
  lines.forEach(line => onLine!(line));
  return analysis;
}
