import { existsSync, readFileSync, writeFileSync } from 'fs';
import { join } from 'path';
import { gunzipSync } from 'zlib';
import { createLogAnalyzer } from '../createLogAnalyzer';
import { LabelledLog } from '../learning/LabelledLog';
import { learnHeldOut, learnModel } from '../learning/learnModel';
import { LogSketch } from '../types';
import { Output } from './Output';

type Row = {
  id: string;
  path: string;
  pass_path?: string;
  ground_truth: {
    /** Ranges that people chose, or lines that a parser found. */
    error_lines?: ([number, number] | { line: number; text: string })[];
    match_line?: number;
  };
};

/** Lines that another parser numbered are looked for this far away. */
const NEAR = 3;
/** Projects with many logs, which are much alike, count less for each; and so do sets made by parsers. */
const CROWDED = -0.3;
const CHOSEN_BY_PEOPLE = 1.5;
const FOUND_BY_PARSERS = 0.5;
const SETS = ['cidiff', 'treeherder', 'pytorch_log_classifier'];

/**
 * Learns which lines explain a failure from labelled logs. Prints the model, one tree a line; or writes models for
 * cross-validation, which `explain --models` uses.
 */
export async function learn(options: {
  data: string;
  heldOut?: string;
}): Promise<void> {
  const { data, heldOut } = options;
  const logs = SETS.flatMap(set => readSet(data, set));
  if (logs.length === 0) {
    throw new Error(`None of ${SETS.join(', ')} is in ${data}`);
  }
  if (heldOut !== undefined) {
    writeFileSync(heldOut, JSON.stringify(learnHeldOut(logs)));
    return;
  }
  const output = Output.create();
  learnModel(logs).forEach(tree => output.line(tree));
  output.flush();
}

function readSet(data: string, set: string): LabelledLog[] {
  const file = join(data, `${set}.jsonl`);
  if (!existsSync(file)) {
    return [];
  }
  const rows: Row[] = readFileSync(file, 'utf8')
    .split('\n')
    .filter(line => line.trim() !== '')
    .map(line => JSON.parse(line));
  const logs = rows.map(row => {
    const bytes = gunzipSync(readFileSync(join(data, row.path)));
    return {
      id: row.id,
      group: `${set} ${projectOf(row.id, set)}`,
      bytes,
      passing: row.pass_path ? sketchOf(join(data, row.pass_path)) : undefined,
      lines: labelledLines(row, bytes),
      weight: 1,
    };
  });
  const sizes = new Map<string, number>();
  logs.forEach(({ group }) => sizes.set(group, (sizes.get(group) ?? 0) + 1));
  return logs.map(log => ({
    ...log,
    weight: log.passing
      ? CHOSEN_BY_PEOPLE * sizes.get(log.group)! ** CROWDED
      : FOUND_BY_PARSERS,
  }));
}

/** Names of logs are `group/project_number` where people chose; elsewhere each log is one of its own. */
function projectOf(id: string, set: string): string {
  if (set !== 'cidiff') {
    return id;
  }
  const [folder, name] = id.split('/');
  return folder.endsWith('_dump') ? folder : name.replace(/_\d+$/, '');
}

function sketchOf(path: string): LogSketch {
  const analyzer = createLogAnalyzer({ failed: false, lines: false });
  analyzer.write(gunzipSync(readFileSync(path)));
  return analyzer.end().analysis.sketch;
}

function labelledLines({ ground_truth: truth }: Row, log: Buffer): Set<number> {
  const lines = new Set<number>();
  if (truth.match_line !== undefined) {
    lines.add(truth.match_line);
  }
  let texts: string[] | undefined;
  for (const one of truth.error_lines ?? []) {
    if (Array.isArray(one)) {
      for (let line = one[0]; line <= one[1]; line += 1) {
        lines.add(line);
      }
    } else {
      texts ??= log.toString('utf8').split(/\r\n|\n|\r/);
      lines.add(nearest(texts, one.line + 1, one.text.trim().slice(0, 60)));
    }
  }
  return lines;
}

function nearest(texts: string[], guess: number, start: string): number {
  for (let away = 0; away <= NEAR; away += 1) {
    for (const number of [guess - away, guess + away]) {
      if (texts[number - 1]?.includes(start)) {
        return number;
      }
    }
  }
  return guess;
}
