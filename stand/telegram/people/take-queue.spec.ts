import { TakeQueue } from './take-queue';

describe('TakeQueue', () => {
  const queueOf = (...items: string[]): TakeQueue<string> => {
    const queue = new TakeQueue<string>(100, (item) => item);
    items.forEach((item) => queue.push(item));
    return queue;
  };
  const options = { what: 'word', timeoutMs: 1_000 };

  it('gives what came, in order, and waits for what is to come', async () => {
    const queue = queueOf('а', 'б');
    await expect(queue.take(options)).resolves.toBe('а');
    await expect(queue.take(options)).resolves.toBe('б');
    const [third, fourth] = [queue.take(options), queue.take(options)];
    queue.push('в');
    queue.push('г');
    await expect(Promise.all([third, fourth])).resolves.toEqual(['в', 'г']);
  });

  it('passes over what stands before a match', async () => {
    const queue = queueOf('а', 'б', 'в');
    await expect(queue.take({ ...options, match: (item) => item === 'б' })).resolves.toBe('б');
    await expect(queue.take(options)).resolves.toBe('в');
  });

  it('says after the timeout what came instead, which stays to be taken', async () => {
    const queue = queueOf('а', 'б');
    await expect(queue.take({ what: 'good word', timeoutMs: 20, match: () => false })).rejects.toThrow(
      'No good word within 20 ms; what came and was not taken:\n  а\n  б',
    );
    await expect(queue.take(options)).resolves.toBe('а');
    await expect(queueOf().take({ what: 'word', timeoutMs: 20 })).rejects.toThrow('No word within 20 ms; nothing came');
  });

  it('keeps the newest only', async () => {
    const queue = new TakeQueue<string>(2, String);
    ['а', 'б', 'в'].forEach((item) => queue.push(item));
    await expect(queue.take(options)).resolves.toBe('б');
  });

  it('fails those who wait when it is closed', async () => {
    const queue = queueOf();
    const waiting = queue.take(options);
    queue.close();
    await expect(waiting).rejects.toThrow('No word before the local Telegram was closed; nothing came');
  });
});
