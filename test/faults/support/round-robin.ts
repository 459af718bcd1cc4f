import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';

/** One address for several servers on 127.0.0.1: connections go to them in turn, past those that do not take any. */
export class RoundRobin {
  private readonly ports: number[] = [];
  private readonly sockets = new Set<Socket>();
  private next = 0;

  private constructor(private readonly server: Server) {}

  static async listen(): Promise<RoundRobin> {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const balancer = new RoundRobin(server);
    server.on('connection', (client: Socket) => void balancer.serve(client));
    return balancer;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  add(port: number): void {
    this.ports.push(port);
  }

  async close(): Promise<void> {
    const closed = once(this.server, 'close');
    this.server.close();
    for (const socket of this.sockets) socket.destroy();
    await closed;
  }

  private async serve(client: Socket): Promise<void> {
    client.pause();
    this.hold(client);
    const upstream = await this.connectNext();
    if (!upstream || client.destroyed) {
      client.destroy();
      upstream?.destroy();
      return;
    }
    this.hold(upstream);
    client.pipe(upstream).pipe(client);
    client.on('close', () => upstream.destroy());
    upstream.on('close', () => client.destroy());
  }

  private async connectNext(): Promise<Socket | undefined> {
    for (let tries = 0; tries < this.ports.length; tries += 1) {
      const port = this.ports[(this.next += 1) % this.ports.length]!;
      const socket = connect(port, '127.0.0.1');
      const taken = await once(socket, 'connect').then(
        () => true,
        () => false,
      );
      if (taken) return socket;
    }
    return undefined;
  }

  private hold(socket: Socket): void {
    this.sockets.add(socket);
    socket.on('error', () => undefined);
    socket.on('close', () => this.sockets.delete(socket));
  }
}
