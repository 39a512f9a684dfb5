/**
 * Named places at which a test can make the process crash, freeze, fail, or leave a check out. Nothing happens at them
 * unless the environment variable `CI_MEDIC_FAILPOINTS` is set when the process starts; then it is a list such as
 * `remediation.calling=freeze(2500)@0.03;inbox.stored=crash@0.01`, a probability after `@`, 1 when missing, and before it
 * how often at most, as in `freeze(2500)x2`.
 *
 * - `crash`: the process is killed, as by SIGKILL.
 * - `freeze(ms)`: the whole process stands still, timers included.
 * - `fail`: an error is thrown.
 * - `skip`: the check that is named is left out; for tests of the tests.
 */

type Failpoint = {
  action: 'crash' | 'freeze' | 'fail' | 'skip';
  milliseconds: number;
  probability: number;
  /** How often it still happens. */
  left: number;
};

const ENTRY =
  /^([\w.]+)=(crash|freeze|fail|skip)(?:\((\d+)\))?(?:x(\d+))?(?:@([\d.]+))?$/;

/**
 * Reads a list of failpoints; `undefined` when there is none.
 *
 * @throws Error when an entry is malformed: a test that tests nothing is worse than none.
 */
export function readFailpoints(
  text: string | undefined,
): Map<string, Failpoint> | undefined {
  if (!text) {
    return undefined;
  }
  return new Map(
    text.split(';').map(entry => {
      const match = ENTRY.exec(entry.trim());
      if (!match) {
        throw new Error(`'${entry}' is no failpoint`);
      }
      const [, name, action, milliseconds = '0', times, probability = '1'] =
        match;
      return [
        name,
        {
          action: action as Failpoint['action'],
          milliseconds: Number(milliseconds),
          probability: Number(probability),
          left: times === undefined ? Infinity : Number(times),
        },
      ];
    }),
  );
}

/** What happens at the places of a list. */
export function createFailpoints(text: string | undefined): {
  failpoint(name: string): void;
  skips(name: string): boolean;
} {
  const failpoints = readFailpoints(text);
  return {
    failpoint(name) {
      const found = failpoints?.get(name);
      if (!found?.left || Math.random() >= found.probability) {
        return;
      }
      found.left--;
      switch (found.action) {
        case 'crash':
          process.kill(process.pid, 'SIGKILL');
          freeze(60_000);
          break;
        case 'freeze':
          freeze(found.milliseconds);
          break;
        case 'fail':
          throw new Error(`The failpoint ${name} fails`);
        default:
      }
    },
    skips: name => failpoints?.get(name)?.action === 'skip',
  };
}

const ofProcess = createFailpoints(process.env.CI_MEDIC_FAILPOINTS);

/** A place that the process passes. */
export const failpoint = ofProcess.failpoint;

/** Whether a check is left out. */
export const skips = ofProcess.skips;

function freeze(milliseconds: number) {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);
}
