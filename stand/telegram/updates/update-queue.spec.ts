import { type Message } from '../bot-api.types';
import { LIMITS } from '../limits';
import { UpdateQueue } from './update-queue';

const message = { message_id: 1, text: 'да' } as Message;

describe('UpdateQueue', () => {
  it('keeps an update as it was when it came', () => {
    const queue = new UpdateQueue(7);
    const changing = { ...message };
    queue.push('message', changing, 'message:77');
    changing.text = 'нет';
    expect(queue.read(0, 1)).toEqual([
      { id: 7, lane: 'message:77', json: '{"update_id":7,"message":{"message_id":1,"text":"да"}}' },
    ]);
  });

  it('lets a webhook confirm in any order', () => {
    const queue = new UpdateQueue(1);
    ['а', 'б', 'в'].forEach((lane) => queue.push('message', message, lane));
    queue.confirm(2);
    expect(queue.all().map(({ id }) => id)).toEqual([1, 3]);
    expect(queue.read(3, 100).map(({ id }) => id)).toEqual([3]);
  });

  it('takes no more than Telegram keeps', () => {
    const queue = new UpdateQueue(1);
    for (let i = 0; i < LIMITS.pendingUpdates; i += 1) {
      queue.push('message', message, 'message:77');
    }
    expect(queue.push('message', message, 'message:77')).toBeUndefined();
    expect(queue.size).toBe(LIMITS.pendingUpdates);
  });
});
