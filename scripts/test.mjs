#!/usr/bin/env node
// Runs every test of the project, or the suites that are named:
//   npm test
//   npm test -- types unit
//   npm test -- --list

import { parseArgs } from 'node:util';
import { suites } from './testing/suites.mjs';
import { SuiteRun } from './testing/SuiteRun.mjs';
import { formatSummary } from './testing/summary.mjs';
import { Advice } from './toolchain/Advice.mjs';
import { interruption } from './toolchain/interruption.mjs';
import { launch } from './toolchain/launch.mjs';

const say = text => console.log(text);

const list = suites
  .map(({ name, title }) => `  ${name.padEnd(14)}${title}`)
  .join('\n');

function selectSuites() {
  const { positionals } = parse();
  const unknown = positionals.filter(
    name => !suites.some(suite => suite.name === name),
  );
  if (unknown.length > 0) {
    throw new Advice(
      `There is no suite "${unknown.join('", "')}"; there are:\n${list}`,
    );
  }
  return suites.filter(
    ({ name }) => positionals.length === 0 || positionals.includes(name),
  );
}

function parse() {
  try {
    return parseArgs({ allowPositionals: true, options: {} });
  } catch (error) {
    throw new Advice(
      `${error.message}\n\nnpm test -- [--list] [suite ...]\n${list}`,
    );
  }
}

async function runSuite(suite, suiteRun) {
  const begin = Date.now();
  say(`▶ ${suite.name}: ${suite.title}`);
  suiteRun.openLog(suite.name);
  const result = await suite.run(suiteRun).catch(error => ({
    passed: 0,
    failed: [error instanceof Advice ? error.message : error.stack],
    skipped: [],
  }));
  const { passed, failed, skipped, isOptional = false } = result;
  if (passed + failed.length === 0 && !isOptional) {
    failed.push('no test ran');
  }
  const seconds = (Date.now() - begin) / 1000;
  suiteRun.finished.add(suite.name);
  say(
    `${failed.length ? '✗' : '✓'} ${suite.name}: ${passed} passed, ${
      failed.length
    } failed, ${skipped.length} skipped (${seconds.toFixed(0)} s)`,
  );
  return { ...result, name: suite.name, seconds, logFile: suiteRun.logFile };
}

async function main(toolchain) {
  const selected = selectSuites();
  const suiteRun = new SuiteRun({ toolchain, say });
  const interrupted = interruption();
  const results = [];
  let ended = false;
  try {
    for (const suite of selected) {
      const result = await Promise.race([
        runSuite(suite, suiteRun),
        interrupted.then(() => undefined),
      ]);
      ended = !result;
      if (ended) {
        break;
      }
      results.push(result);
    }
  } finally {
    await suiteRun.close();
  }
  say(`\n${formatSummary(results)}`);
  if (ended) {
    say('Interrupted: not every suite ran');
    return 130;
  }
  return results.some(({ failed }) => failed.length) ? 1 : 0;
}

if (process.argv.includes('--list')) {
  say(list);
} else {
  await launch(main, { say });
}
