import { attemptResultOf } from './attempt-result';

describe(attemptResultOf.name, () => {
  it.each([
    [{ status: 200 }, 'ok'],
    [{ status: 404, code: 'order_not_found' }, 'problem'],
    [{ status: 400, code: 'bad_request' }, 'problem'],
    [{ status: 403, code: 'forbidden' }, 'forbidden'],
    [{ status: 401, code: 'http_401' }, 'forbidden'],
    [{ status: 429, code: 'http_429' }, 'too_many_requests'],
    [{ status: 503, code: 'unavailable' }, 'server_error'],
    [{ status: 500, code: 'http_500' }, 'server_error'],
    [{ status: 500, code: 'a code of its own' }, 'server_error'],
    [{ status: 200, code: 'unfitting_body' }, 'unfitting'],
    [{ status: 200, code: 'unreadable_body' }, 'unfitting'],
    [{ status: 404, code: 'http_404' }, 'unfitting'],
    [{ status: 302, code: 'http_302' }, 'unfitting'],
    [{ code: 'response_too_large' }, 'unfitting'],
    [{ code: 'timeout' }, 'timeout'],
    [{ code: 'ECONNREFUSED' }, 'connection'],
    [{ status: 200, code: 'ERR_BAD_RESPONSE' }, 'connection'],
    [{ code: 'CERT_HAS_EXPIRED' }, 'connection'],
    [{ code: 'cancelled' }, 'abandoned'],
    [{ code: 'deadline' }, 'abandoned'],
    [{ code: 'breaker_open' }, 'abandoned'],
  ])('calls %j %s', (attempt, result) => {
    expect(attemptResultOf({ ...attempt, ms: 1 })).toBe(result);
  });
});
