import { once } from 'events';
import { AddressInfo, connect, createServer, Server, Socket } from 'net';

/**
 * A way to a server that can be cut off without either end hearing of it: nothing arrives, nothing is closed.
 */
export class Partition {
  static async to(target: { host: string; port: number }): Promise<Partition> {
    const partition = new Partition(target);
    partition.#server.listen(0, '127.0.0.1');
    await once(partition.#server, 'listening');
    return partition;
  }

  readonly #server: Server;
  readonly #pairs = new Set<Socket>();
  #isCut = false;

  private constructor(target: { host: string; port: number }) {
    this.#server = createServer(near => {
      const far = connect(target);
      for (const [from, to] of [
        [near, far],
        [far, near],
      ]) {
        from.on('data', chunk => to.write(chunk));
        from.on('error', () => to.destroy());
        from.on('close', () => {
          this.#pairs.delete(from);
          to.destroy();
        });
        this.#pairs.add(from);
        if (this.#isCut) {
          from.pause();
        }
      }
    });
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  cut(): void {
    this.#isCut = true;
    this.#pairs.forEach(socket => socket.pause());
  }

  /** What waited arrives. */
  heal(): void {
    this.#isCut = false;
    this.#pairs.forEach(socket => socket.resume());
  }

  async close(): Promise<void> {
    this.#pairs.forEach(socket => socket.destroy());
    this.#server.close();
    await once(this.#server, 'close');
  }
}
