import { EventEmitter, once } from 'node:events';
import { createServer } from 'node:http';
import { type AddressInfo } from 'node:net';
import { type TelegramEvents } from '../events';
import { EventStreams } from './event-streams';

describe('EventStreams', () => {
  it('keeps a silent stream alive with comments', async () => {
    const hub = new EventEmitter<TelegramEvents>();
    const streams = new EventStreams(hub, 20);
    const server = createServer((_request, response) => streams.start(response)).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const response = await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    const text = response.text();
    await new Promise((resolve) => setTimeout(resolve, 100));
    streams.close();
    await expect(text).resolves.toMatch(/^: open\n\n(:\n\n)+$/);
    expect(hub.eventNames()).toEqual([]);
    server.closeAllConnections();
    server.close();
  });
});
