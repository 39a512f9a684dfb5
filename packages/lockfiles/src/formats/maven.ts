import { SaxesParser } from 'saxes';
import { Format } from '../types';

type Item = { groupId?: string; artifactId?: string; version?: string };

const items = new Set(['dependency', 'plugin', 'parent', 'extension']);
const fields = new Set(['groupId', 'artifactId', 'version']);
const LONGEST_TEXT = 300;
const MOST_PROPERTIES = 10_000;

/** Dependencies, plugins and the parent of a `pom.xml`, with the properties that it sets itself. */
export const maven: Format = add => {
  const parser = new SaxesParser();
  const path: string[] = [];
  const open: Item[] = [];
  const found: Item[] = [];
  const properties = new Map<string, string>();
  let text = '';
  parser.on('error', error => {
    throw error;
  });
  parser.on('opentag', ({ name }) => {
    path.push(name);
    text = '';
    if (items.has(name)) {
      open.push({});
    }
  });
  parser.on('text', more => {
    text = (text + more).slice(0, LONGEST_TEXT);
  });
  parser.on('closetag', ({ name }) => {
    path.pop();
    const value = text.trim();
    text = '';
    const around = path.at(-1) ?? '';
    if (items.has(name)) {
      found.push(open.pop()!);
    } else if (fields.has(name) && items.has(around)) {
      open.at(-1)![name as keyof Item] = value;
    } else if (
      around === 'properties' &&
      path.length === 2 &&
      properties.size < MOST_PROPERTIES
    ) {
      properties.set(name, value);
    }
  });
  const resolve = (value: string) =>
    value.replace(
      /\$\{([^}]{1,200})\}/g,
      (whole, name) => properties.get(name) ?? whole,
    );
  return {
    write: piece => {
      parser.write(piece);
    },
    end: () => {
      parser.close();
      for (const { groupId = '', artifactId, version } of found) {
        if (artifactId && version) {
          add(`${resolve(groupId)}:${artifactId}`, resolve(version));
        }
      }
    },
  };
};
