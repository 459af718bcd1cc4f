import { type DurableQueue, type QueueBody, QueueUnavailableError } from './durable-queue';
import { storedAfterAll } from './stored-after-all';

describe(storedAfterAll.name, () => {
  const away = () => Promise.reject(new QueueUnavailableError('Redis is away'));

  function queueWith({ isUnderWay = true, since = Date.now() } = {}): DurableQueue<QueueBody> {
    const failure = { reason: 'Redis is away', since };
    return { writeFailure: () => failure, hasUnderWay: () => isUnderWay } as unknown as DurableQueue<QueueBody>;
  }

  it('stores behind what is under way in the lane, where the store answers again soon', async () => {
    const store = jest.fn().mockImplementationOnce(away).mockImplementationOnce(away).mockResolvedValueOnce(1);
    await expect(storedAfterAll(queueWith(), 'a', store)).resolves.toBe(true);
    expect(store).toHaveBeenCalledTimes(3);
  });

  it('waits for nothing where nothing is under way', async () => {
    const store = jest.fn(away);
    await expect(storedAfterAll(queueWith({ isUnderWay: false }), 'a', store)).resolves.toBe(false);
    expect(store).not.toHaveBeenCalled();
  });

  it('gives up a store that has been away for half a second, whoever waited for it', async () => {
    const startedAt = Date.now();
    await expect(storedAfterAll(queueWith(), 'a', away)).resolves.toBe(false);
    expect(Date.now() - startedAt).toBeLessThan(900);
    const store = jest.fn(away);
    await expect(storedAfterAll(queueWith({ since: Date.now() - 500 }), 'a', store)).resolves.toBe(false);
    expect(store).not.toHaveBeenCalled();
  });

  it('passes on what is no failure of the store', async () => {
    await expect(storedAfterAll(queueWith(), 'a', () => Promise.reject(new Error('a fault')))).rejects.toThrow(
      'a fault',
    );
  });
});
