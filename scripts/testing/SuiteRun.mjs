import { spawn } from 'node:child_process';
import { createWriteStream, mkdirSync } from 'node:fs';
import { fromRoot, root } from '../toolchain/paths.mjs';
import { findChromium } from './chromium.mjs';
import { startPostgres } from './postgres.mjs';

const minute = 60_000;

/**
 * What a suite works with: commands whose output goes to the suite's log, and
 * servers that are started when the first suite asks for them.
 */
export class SuiteRun {
  #running = new Set();
  #postgres;
  #log;

  constructor({ toolchain, say }) {
    this.toolchain = toolchain;
    this.say = say;
    this.finished = new Set();
    mkdirSync(this.folder, { recursive: true });
  }

  /** Logs and machine-readable results lie here. */
  folder = fromRoot('.data', 'tests');

  /** Opens the log of the next suite. */
  openLog(name) {
    this.#log?.end();
    this.logFile = `${this.folder}/${name}.log`;
    this.#log = createWriteStream(this.logFile);
  }

  /**
   * Runs a command in a process group of its own.
   *
   * @param onLine - called with each line that it says
   * @param limit - milliseconds after which it is ended and counts as failed
   * @returns its exit code and its output
   */
  command([program, ...args], options = {}) {
    const { onLine, env = {}, cwd = root, limit = 20 * minute } = options;
    this.#log.write(`$ ${[program, ...args].join(' ')}\n`);
    return new Promise(resolve => {
      const child = spawn(program, args, {
        cwd,
        env: { ...this.toolchain.env, CI: '1', FORCE_COLOR: '0', ...env },
        detached: true,
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      this.#running.add(child);
      const timer = setTimeout(() => {
        this.#log.write(`\nEnded after ${limit / minute} minutes\n`);
        endGroup(child, 'SIGKILL');
      }, limit);
      let output = '';
      for (const stream of [child.stdout, child.stderr]) {
        let rest = '';
        stream.setEncoding('utf8').on('data', chunk => {
          this.#log.write(chunk);
          output += chunk;
          const lines = (rest + chunk).split('\n');
          rest = lines.pop();
          lines.forEach(line => onLine?.(line));
        });
      }
      const finish = code => {
        clearTimeout(timer);
        this.#running.delete(child);
        // Workers that a broken test left behind.
        endGroup(child, 'SIGKILL');
        resolve({ code, output });
      };
      child.once('error', error => {
        output += error.message;
        finish(127);
      });
      child.once('close', code => finish(code ?? 1));
    });
  }

  /** Runs one of the programs in `node_modules/.bin`. */
  tool(name, args, options) {
    return this.command([this.toolchain.node, bin(name), ...args], options);
  }

  /** A PostgreSQL server for the tests; the same one for every suite. */
  postgres() {
    this.#postgres ??= startPostgres({
      logFile: `${this.folder}/postgres.log`,
      say: this.say,
    });
    return this.#postgres;
  }

  /** The program of a Chromium browser. */
  chromium() {
    return findChromium({ say: this.say });
  }

  /** Ends whatever runs. */
  async close() {
    for (const child of this.#running) {
      endGroup(child, 'SIGTERM');
    }
    const server = await this.#postgres?.catch(() => undefined);
    await server?.stop();
    this.#log?.end();
  }
}

function bin(name) {
  return fromRoot('node_modules', '.bin', name);
}

function endGroup(child, signal) {
  try {
    process.kill(-child.pid, signal);
  } catch {
    // It is gone already.
  }
}
