/**
 * What an operator should know of a server that holds durable queues.
 *
 * @param info the answer to INFO
 */
export function serverAdvice(info: string): string[] {
  const fields = new Map(info.split(/\r?\n/).map((line) => line.split(':', 2) as [string, string]));
  const advice: string[] = [];
  const policy = fields.get('maxmemory_policy') ?? 'noeviction';
  if (Number(fields.get('maxmemory') ?? 0) > 0 && policy !== 'noeviction') {
    advice.push(
      `Redis may throw away queued updates when its memory is full (maxmemory-policy ${policy}): set noeviction, or give the bot a server of its own`,
    );
  }
  if (fields.get('aof_enabled') === '0') {
    advice.push(
      'Redis keeps no append-only file: updates that are queued when it is restarted may be lost; set appendonly yes',
    );
  }
  return advice;
}
