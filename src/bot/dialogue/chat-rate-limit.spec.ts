import { Settings } from '../../config/settings';
import { ChatRateLimit } from './chat-rate-limit';

function limitOf(chatRateLimit: number): ChatRateLimit {
  return new ChatRateLimit(Object.assign(new Settings(), { chatRateLimit }));
}

describe(ChatRateLimit.name, () => {
  it('refuses what is over the limit and tells the first of them apart', () => {
    const limit = limitOf(2);
    expect([1, 2, 3, 4].map((at) => limit.admit(77, at))).toEqual(['admitted', 'admitted', 'first_refused', 'refused']);
  });

  it('counts each chat by itself', () => {
    const limit = limitOf(1);
    limit.admit(77, 0);
    expect(limit.admit(78, 0)).toBe('admitted');
  });

  it('starts anew after a minute', () => {
    const limit = limitOf(1);
    limit.admit(77, 0);
    limit.admit(77, 1);
    expect(limit.admit(77, 60_000)).toBe('admitted');
    expect(limit.admit(77, 60_001)).toBe('first_refused');
  });

  it('is off at 0', () => {
    const limit = limitOf(0);
    expect(Array.from({ length: 100 }, () => limit.admit(77, 0))).not.toContain('refused');
  });
});
