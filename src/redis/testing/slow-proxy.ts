import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';

/** A way to a server that takes its time: every piece of data is passed on after `latencyMs`, in both directions. */
export class SlowProxy {
  latencyMs = 0;
  private readonly sockets = new Set<Socket>();

  private constructor(private readonly server: Server) {}

  static async to(port: number): Promise<SlowProxy> {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    // A test that fails before it closes the proxy must not keep its process.
    server.unref();
    const proxy = new SlowProxy(server);
    server.on('connection', (client: Socket) => proxy.join(client, connect(port, '127.0.0.1')));
    return proxy;
  }

  get url(): string {
    return `redis://127.0.0.1:${(this.server.address() as AddressInfo).port}/0`;
  }

  /** Breaks all connections; new ones are accepted. */
  cut(): void {
    for (const socket of this.sockets) socket.destroy();
  }

  async close(): Promise<void> {
    const closed = once(this.server, 'close');
    this.server.close();
    this.cut();
    await closed;
  }

  private join(client: Socket, server: Socket): void {
    for (const [from, to] of [
      [client, server],
      [server, client],
    ] as const) {
      this.sockets.add(from);
      from.setNoDelay(true);
      let due = 0;
      from.on('data', (data) => {
        // Nothing overtakes what was on its way when the latency was higher.
        due = Math.max(due, performance.now() + this.latencyMs);
        setTimeout(() => to.writable && to.write(data), due - performance.now()).unref();
      });
      from.on('error', () => undefined);
      from.on('close', () => {
        this.sockets.delete(from);
        to.destroy();
      });
    }
  }
}
