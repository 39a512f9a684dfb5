import { ChildProcess, spawn } from 'child_process';
import { once } from 'events';
import { openSync } from 'fs';
import { dirname, join } from 'path';
import { ReplicaOptions } from './ReplicaOptions';

/**
 * A replica of the backend that is killed and started again.
 */
export class Replica {
  readonly #script: string;
  readonly #options: ReplicaOptions;
  readonly #failpoints?: string;
  readonly #nodeOptions: string[];
  readonly #log: number;
  readonly logFile: string;
  #process?: ChildProcess;

  constructor(options: {
    script: string;
    replica: ReplicaOptions;
    failpoints?: string;
    nodeOptions?: string[];
    logFile: string;
  }) {
    this.#script = options.script;
    this.#options = options.replica;
    this.#failpoints = options.failpoints;
    this.#nodeOptions = options.nodeOptions ?? [];
    this.logFile = options.logFile;
    this.#log = openSync(options.logFile, 'a');
  }

  get url(): string {
    return `${this.#options.url}/api/ci-medic`;
  }

  start(): void {
    this.#process = spawn(
      process.execPath,
      [...this.#nodeOptions, this.#script],
      {
        stdio: ['ignore', this.#log, this.#log],
        env: {
          ...process.env,
          NODE_ENV: 'production',
          LOG_LEVEL: 'warn',
          // So that what is started again is not compiled again.
          NODE_COMPILE_CACHE: join(dirname(this.#script), 'compiled'),
          CI_MEDIC_REPLICA: JSON.stringify(this.#options),
          CI_MEDIC_FAILPOINTS: this.#failpoints ?? '',
        },
      },
    );
  }

  /** Whether it answers. */
  async isReady(): Promise<boolean> {
    try {
      const response = await fetch(`${this.url}/status`, {
        signal: AbortSignal.timeout(1_000),
      });
      await response.arrayBuffer();
      return response.ok;
    } catch {
      return false;
    }
  }

  /** Asks it to end, as platforms do; resolves with its exit code when it has. */
  async terminate(): Promise<number | null> {
    const child = this.#process!;
    child.kill('SIGTERM');
    const [code] = await once(child, 'exit');
    return code;
  }

  /** Of the process, for looking at it from outside. */
  get pid(): number | undefined {
    return this.#process?.pid;
  }

  /** Ends it as a power cut would. A failpoint may have done so before. */
  async kill(): Promise<void> {
    const child = this.#process;
    if (child && child.exitCode === null && child.signalCode === null) {
      child.kill('SIGKILL');
      await once(child, 'exit');
    }
  }

  /** Whether it is there, starting or answering. */
  get isAlive(): boolean {
    const child = this.#process;
    return Boolean(
      child && child.exitCode === null && child.signalCode === null,
    );
  }
}
