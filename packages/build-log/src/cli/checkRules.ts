import { readdirSync, readFileSync } from 'fs';
import { join } from 'path';
import { checkUserRules } from '../rules/checkUserRules';
import { parseUserRules, UserRuleError } from '../rules/parseUserRules';
import { analyzeLog } from './analyzeLog';
import { Output } from './Output';

/** Tests rules by their examples and by passing logs; the exit status says whether all are good. */
export async function checkRules(
  path: string,
  options: { passing?: string; json?: boolean },
): Promise<void> {
  const output = Output.create();
  const { passing, json } = options;
  try {
    const rules = parseUserRules(readFileSync(path, 'utf8'));
    const logs: string[][] = [];
    for (const file of passing ? readdirSync(passing).sort() : []) {
      const lines: string[] = [];
      await analyzeLog(join(passing!, file), { failed: false }, ({ text }) =>
        lines.push(text),
      );
      logs.push(lines);
    }
    const reports = checkUserRules({ rules, passing: passing ? logs : [] });
    const ok = reports.every(report => report.ok);
    if (json) {
      output.json({ ok, rules: reports });
    } else {
      for (const { name, problems } of reports) {
        output.line(`${problems.length === 0 ? 'good' : 'bad '}  ${name}`);
        problems.forEach(problem => output.line(`      ${problem}`));
      }
    }
    process.exitCode = ok ? 0 : 1;
  } catch (error) {
    if (!(error instanceof UserRuleError)) {
      throw error;
    }
    const { message, index, position } = error;
    if (json) {
      output.json({ ok: false, error: { message, index, position } });
    } else {
      output.line(message);
    }
    process.exitCode = 1;
  }
  output.flush();
}
