import { FakeTelegram } from './fake-telegram';

interface Answered {
  result: { update_id: number; message: { text: string; chat: { id: number } } }[];
}

describe(FakeTelegram.name, () => {
  let telegram: FakeTelegram;

  beforeEach(async () => {
    telegram = await FakeTelegram.start();
  });
  afterEach(() => telegram.stop());

  const call = async (method: string, body: object): Promise<unknown> => {
    const response = await fetch(`${telegram.url}/bot1:token/${method}`, {
      method: 'POST',
      body: JSON.stringify(body),
    });
    return response.json();
  };
  const poll = async (body: object) => (await call('getUpdates', body)) as Answered;

  it('holds a poll until something is asked, and delivers together what is asked together', async () => {
    const polled = poll({ timeout: 5 });
    await telegram.nextPoll();
    const asked = Promise.allSettled([telegram.ask(1, 'one'), telegram.ask(2, 'two')]);
    const { result } = await polled;
    expect(result.map(({ message: { chat, text } }) => [chat.id, text])).toEqual([
      [1, 'one'],
      [2, 'two'],
    ]);
    telegram.giveUp(new Error('the test ends'));
    await asked;
  });

  it('delivers again what no offset has confirmed', async () => {
    telegram.ask(1, 'one').catch(() => undefined);
    const [update] = (await poll({})).result;
    expect((await poll({})).result).toEqual([update]);
    expect((await poll({ offset: update!.update_id + 1 })).result).toEqual([]);
    telegram.giveUp(new Error('the test ends'));
  });

  it('answers the questions of a chat in their order', async () => {
    const asked = Promise.all([telegram.ask(1, 'one'), telegram.ask(1, 'two')]);
    await call('sendMessage', { chat_id: 1, text: 'first' });
    await call('sendMessage', { chat_id: 1, text: 'second' });
    expect((await asked).map(({ text }) => text)).toEqual(['first', 'second']);
  });
});
