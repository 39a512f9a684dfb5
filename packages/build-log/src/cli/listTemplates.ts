import { LogReader } from '../LogReader';
import { LineSplitter } from '../stream/LineSplitter';
import { LineScanner } from '../templates/LineScanner';
import { openLog } from './openLog';
import { Output } from './Output';

const MOST_TEMPLATES = 100_000;

type Listed = { id: string; count: number; template: string };

/** Prints the template of each line, or the templates of all lines by how often they come. */
export async function listTemplates(
  path: string,
  options: { list?: boolean; json?: boolean },
): Promise<void> {
  const output = Output.create();
  const { list, json } = options;
  const reader = LogReader.create({ makesText: false, makesIds: true });
  const names = LineScanner.create();
  const templates = new Map<string, Listed>();
  let number = 0;
  let others = 0;
  const splitter = LineSplitter.create((buffer, from, to, dropped) => {
    number += 1;
    const needsText = list;
    const line = reader.read({ buffer, from, to, dropped, needsText });
    const id = line.templateId;
    if (!list) {
      output.line(json ? JSON.stringify({ line: number, id }) : id);
      return;
    }
    const known = templates.get(id);
    if (known) {
      known.count += 1;
    } else if (templates.size < MOST_TEMPLATES) {
      reader.settle(line);
      const template = names.template(line.text ?? '');
      templates.set(id, { id, count: 1, template });
    } else {
      others += 1;
    }
  });
  for await (const chunk of await openLog(path)) {
    splitter.write(chunk);
  }
  splitter.end();
  const sorted = [...templates.values()].sort(
    (left, right) => right.count - left.count || (left.id < right.id ? -1 : 1),
  );
  for (const { id, count, template } of sorted) {
    output.line(
      json
        ? JSON.stringify({ id, count, template })
        : `${id} ${String(count).padStart(8)}  ${template}`,
    );
  }
  if (others > 0) {
    process.stderr.write(
      `${others} lines of templates beyond ${MOST_TEMPLATES} are not listed\n`,
    );
  }
  output.flush();
}
