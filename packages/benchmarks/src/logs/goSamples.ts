/** The samples by which one rule of gitleaks tests itself. */
export type Samples = { secret: string[]; harmless: string[] };

/**
 * Reads the literal samples from the Go source of rules: elements of the lists `tps` (to be found) and `fps` (not to be
 * found) that are one string constant. What the source computes is left out.
 */
export function goSamples(source: string): Samples {
  const samples: Samples = { secret: [], harmless: [] };
  const list =
    /\b(tps|fps)\s*(?::=|=)\s*(?:append\(\s*\1\s*,|\[\]string\{|map\[string\]string\{)/g;
  for (const match of source.matchAll(list)) {
    const target = match[1] === 'tps' ? samples.secret : samples.harmless;
    const start = match.index + match[0].length;
    target.push(...literalsIn(source, start, match[0].includes('map[')));
  }
  return samples;
}

const SPACE = /(?:\s|\/\/[^\n]*\n|\/\*[\s\S]*?\*\/)*/y;
const STRING = /`([^`]*)`|"((?:[^"\\\n]|\\.)*)"/y;

/** Elements up to the bracket that closes the list. */
function literalsIn(source: string, start: number, isMap: boolean): string[] {
  const literals: string[] = [];
  let at = start;
  const skip = () => {
    SPACE.lastIndex = at;
    SPACE.exec(source);
    at = SPACE.lastIndex;
  };
  while (at < source.length) {
    skip();
    if (source[at] === '}' || source[at] === ')') {
      return literals;
    }
    if (isMap) {
      at = endOfElement(source, at, ':') + 1;
      skip();
    }
    STRING.lastIndex = at;
    const literal = STRING.exec(source);
    const end = endOfElement(source, at, ',');
    if (literal) {
      at += literal[0].length;
      skip();
      if (at === end) {
        literals.push(
          literal[1] ?? JSON.parse(`"${literal[2].replaceAll("\\'", "'")}"`),
        );
      }
    }
    at = source[end] === ',' ? end + 1 : end;
  }
  return literals;
}

/** Where the element ends: at a sign of its own level, or at the bracket that closes the list. */
function endOfElement(source: string, start: number, sign: string): number {
  let depth = 0;
  let at = start;
  while (at < source.length) {
    STRING.lastIndex = at;
    if (STRING.exec(source)) {
      at = STRING.lastIndex;
      continue;
    }
    if (source.startsWith('//', at)) {
      at = source.indexOf('\n', at);
    }
    const code = source[at];
    if (depth === 0 && (code === sign || code === '}' || code === ')')) {
      return at;
    }
    if ('({['.includes(code)) {
      depth += 1;
    } else if (')}]'.includes(code)) {
      depth -= 1;
    }
    at += 1;
  }
  return source.length;
}
