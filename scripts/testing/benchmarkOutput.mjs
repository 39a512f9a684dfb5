import { readFileSync } from 'node:fs';
import { fromRoot } from '../toolchain/paths.mjs';

/** What a script of the root, such as `benchmarks`, runs with Node.js. */
export function argumentsOf(script) {
  const { scripts } = JSON.parse(
    readFileSync(fromRoot('package.json'), 'utf8'),
  );
  return scripts[script].split(' ').slice(1);
}

/** As much of an output as is JSON; a run prints one value after the other. */
export function valuesIn(output) {
  return [...output.matchAll(/^[[{]\n[\s\S]*?^[\]}]$/gm)].map(([text]) =>
    JSON.parse(text),
  );
}
