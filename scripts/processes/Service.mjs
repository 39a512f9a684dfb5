import { spawn } from 'node:child_process';
import { createWriteStream, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { Advice } from '../toolchain/Advice.mjs';

/**
 * A program that runs until it is stopped, with its log in a file.
 *
 * It gets a process group of its own, so that Ctrl-C in a terminal reaches only
 * us and everything is stopped in order, its children included.
 */
export class Service {
  name;
  #child;
  #lastLines = [];
  #listeners = new Set();

  /** Resolves with a description when the program has ended. */
  ended;

  static start(options) {
    return new Service(options);
  }

  constructor(options) {
    const { name, command, args, cwd, env, logFile, uid, gid } = options;
    this.name = name;
    this.logFile = logFile;
    mkdirSync(dirname(logFile), { recursive: true });
    const log = createWriteStream(logFile);
    this.#child = spawn(command, args, {
      cwd,
      env,
      uid,
      gid,
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    for (const stream of [this.#child.stdout, this.#child.stderr]) {
      let rest = '';
      stream.setEncoding('utf8').on('data', chunk => {
        log.write(chunk);
        const lines = (rest + chunk).split('\n');
        rest = lines.pop().slice(-10_000);
        lines.forEach(line => this.#takeLine(line, options.echo));
      });
    }
    this.ended = new Promise(resolve => {
      this.#child.once('error', error => resolve(error.message));
      this.#child.once('close', (code, signal) => {
        log.end();
        resolve(signal ? `signal ${signal}` : `exit code ${code}`);
      });
    });
  }

  #takeLine(line, echo) {
    this.#lastLines = [...this.#lastLines.slice(-29), line];
    if (echo) {
      console.log(`[${this.name}] ${line}`);
    }
    this.#listeners.forEach(listener => listener(line));
  }

  /** The end of what the program said. */
  get tail() {
    return this.#lastLines.map(line => `  ${line.slice(0, 300)}`).join('\n');
  }

  /** Waits for a line of output that `pattern` matches, as long as it runs. */
  async saysLine(pattern) {
    let listener;
    const seen = new Promise(resolve => {
      const earlier = this.#lastLines.find(line => pattern.test(line));
      listener = line => pattern.test(line) && resolve(line);
      this.#listeners.add(listener);
      if (earlier) {
        resolve(earlier);
      }
    });
    try {
      return await this.orEnd(seen);
    } finally {
      this.#listeners.delete(listener);
    }
  }

  /** `promise`, or an error as soon as the program ends. */
  orEnd(promise) {
    return Promise.race([
      promise,
      this.ended.then(how => {
        throw new Advice(
          `The ${this.name} ended with ${how}. Its log is ${this.logFile}, the end of it:\n${this.tail}`,
        );
      }),
    ]);
  }

  /** Asks the program to end, and insists after `patience` milliseconds. */
  async stop({ signal = 'SIGTERM', patience = 8_000 } = {}) {
    this.#signal(signal);
    const timer = setTimeout(() => this.#signal('SIGKILL'), patience);
    await this.ended;
    clearTimeout(timer);
    // What it had started and not stopped.
    this.#signal('SIGKILL');
  }

  #signal(signal) {
    try {
      process.kill(-this.#child.pid, signal);
    } catch {
      // It is gone already.
    }
  }
}
