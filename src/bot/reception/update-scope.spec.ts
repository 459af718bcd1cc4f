import { UpdateScope } from './update-scope';

describe(UpdateScope.name, () => {
  const { signal } = new AbortController();
  let scope: UpdateScope;

  beforeEach(() => (scope = new UpdateScope()));

  it('knows the signal of an update while it is under way', async () => {
    expect(scope.signalOf(1)).toBeUndefined();
    await scope.run(1, { signal }, async () => expect(scope.signalOf(1)).toBe(signal));
    expect(scope.signalOf(1)).toBeUndefined();
  });

  it('is done when what the work left has ended, and lets the work itself end before', async () => {
    const events: string[] = [];
    let end = () => {};
    const rest = new Promise<void>((resolve) => (end = resolve)).then(() => void events.push('rest'));
    const done = scope
      .run(1, { signal }, async () => {
        await scope.leave(1, rest);
        events.push('work');
      })
      .then(() => events.push('done'));
    await new Promise(setImmediate);
    expect(events).toEqual(['work']);
    end();
    await done;
    expect(events).toEqual(['work', 'rest', 'done']);
  });

  it('fails with what was left', async () => {
    const failing = scope.run(1, { signal }, () => scope.leave(1, Promise.reject(new Error('not stored'))));
    await expect(failing).rejects.toThrow('not stored');
    expect(scope.signalOf(1)).toBeUndefined();
  });

  it('fails with the work, whatever becomes of the rest', async () => {
    const failing = scope.run(1, { signal }, async () => {
      await scope.leave(1, Promise.reject(new Error('not stored')));
      throw new Error('not answered');
    });
    await expect(failing).rejects.toThrow('not answered');
  });

  it('has what belongs to no update waited for at once', async () => {
    await expect(scope.leave(2, Promise.reject(new Error('not stored')))).rejects.toThrow('not stored');
  });
});
