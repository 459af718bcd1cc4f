import { serializeError } from './serialize-error';

describe(serializeError.name, () => {
  it('keeps what tells the fault apart', () => {
    const error = Object.assign(new TypeError('broken'), { code: 'ECONNRESET', status: 502 });
    expect(serializeError(error)).toEqual({
      type: 'TypeError',
      message: 'broken',
      code: 'ECONNRESET',
      status: 502,
      stack: error.stack,
    });
  });

  it('drops whatever else an error carries, in its causes as well', () => {
    const withRequest = (message: string, cause?: unknown) =>
      Object.assign(new Error(message, { cause }), {
        config: { headers: { 'X-API-Key': 'the-key' }, data: 'the-data' },
        response: { request: 'the-request' },
      });
    const logged = JSON.stringify(serializeError(withRequest('outer', withRequest('inner'))));
    expect(logged).toContain('inner');
    expect(logged).not.toMatch(/the-key|the-data|the-request/);
  });

  it('follows causes and aggregates', () => {
    const error = new AggregateError([new Error('first'), 'second'], 'both', { cause: new Error('why') });
    expect(serializeError(error)).toMatchObject({
      type: 'AggregateError',
      cause: { message: 'why' },
      errors: [{ message: 'first' }, 'second'],
    });
  });

  it('ends where an error is its own cause', () => {
    const error = new Error('loop');
    error.cause = error;
    expect(JSON.stringify(serializeError(error)).match(/"loop"/g)).toHaveLength(6);
  });

  it('takes what is thrown and is no error', () => {
    expect(serializeError('text')).toBe('text');
    expect(serializeError({ password: 'p' })).toBe('[object Object]');
  });
});
