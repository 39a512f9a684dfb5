/**
 * Resolves when the person at the keyboard wants the command to end: Ctrl-C, a
 * signal, or the end of the npm or Yarn that started it. npm passes SIGTERM on
 * to a shell only, and a killed npm passes on nothing; what it had started
 * would live on unseen.
 */
export function interruption() {
  return new Promise(resolve => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
      process.on(signal, () => resolve(signal));
    }
    if (process.env.npm_lifecycle_event) {
      const parent = process.ppid;
      setInterval(() => {
        if (process.ppid !== parent) {
          resolve('SIGTERM');
        }
      }, 500).unref();
    }
  });
}
