import { isMap, parseDocument } from 'yaml';

/**
 * Writes a step of the README into a file, where a person would write it.
 *
 * @param file - path of the file, which says what kind it is
 * @param content - what the file holds now
 * @param text - what the README says
 */
export function editFile({ file, content, text }) {
  if (/\.ya?ml$/.test(file)) {
    return mergeYaml(content, text);
  }
  const { imports, rest } = splitImports(text);
  const place = /EntityPage\.tsx$/.test(file)
    ? // The pages of services, websites and components of other types.
      /(^const (?:service|website|default)EntityPage = \((?:(?!^\);)[^])*?)(^ *<\/EntityLayout>)/gm
    : /()(^backend\.start\(\);)/gm;
  if (!place.test(content)) {
    throw new Error(`${file} is not what a fresh app has`);
  }
  const edited = content.replace(
    place,
    (_, before, end) => `${before}${rest}\n${end}`,
  );
  return imports ? `${imports}\n${edited}` : edited;
}

function splitImports(text) {
  const imports = text.match(/^import [^;]*;$/gm) ?? [];
  return {
    imports: imports.join('\n'),
    rest: imports
      .reduce((rest, one) => rest.replace(one, ''), text)
      .replace(/^\n+|\n+$/g, ''),
  };
}

function mergeYaml(content, text) {
  const document = parseDocument(content);
  const merge = (path, node) => {
    for (const { key, value } of node.items) {
      const here = [...path, key.value];
      if (isMap(value) && isMap(document.getIn(here))) {
        merge(here, value);
      } else {
        document.setIn(here, value);
      }
    }
  };
  merge([], parseDocument(text).contents);
  return document.toString();
}
