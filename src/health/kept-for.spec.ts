import { keptFor } from './kept-for';

describe(keptFor.name, () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  it('runs once for all who ask at the same time', async () => {
    let finish = (_: string) => {};
    const work = jest.fn(() => new Promise<string>((resolve) => (finish = resolve)));
    const ask = keptFor(1000, work);
    const answers = [ask(), ask(), ask()];
    jest.advanceTimersByTime(5000);
    answers.push(ask());
    finish('done');
    await expect(Promise.all(answers)).resolves.toEqual(['done', 'done', 'done', 'done']);
    expect(work).toHaveBeenCalledTimes(1);
  });

  it('keeps the outcome from the end of the work on', async () => {
    const work = jest.fn().mockResolvedValueOnce(1).mockResolvedValueOnce(2);
    const ask = keptFor(1000, work);
    await expect(ask()).resolves.toBe(1);
    jest.advanceTimersByTime(999);
    await expect(ask()).resolves.toBe(1);
    jest.advanceTimersByTime(1);
    await expect(ask()).resolves.toBe(2);
  });

  it('keeps a failure as well', async () => {
    const work = jest.fn().mockRejectedValueOnce(new Error('away')).mockResolvedValueOnce('back');
    const ask = keptFor(1000, work);
    await expect(ask()).rejects.toThrow('away');
    await expect(ask()).rejects.toThrow('away');
    jest.advanceTimersByTime(1000);
    await expect(ask()).resolves.toBe('back');
  });
});
