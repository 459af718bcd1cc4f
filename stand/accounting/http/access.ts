import { createHash, timingSafeEqual } from 'node:crypto';
import { type IncomingHttpHeaders } from 'node:http';
import { Problem } from '../problem';

export interface Credentials {
  apiKey: string;
  /** With both, HTTP Basic is asked for too, as by a publication of 1C with a user of its own. */
  basicUser?: string;
  basicPassword?: string;
}

/** Throws Problem 403 for a wrong or missing key, 401 for wrong or missing Basic credentials (contract, Errors). */
export function checkAccess(headers: IncomingHttpHeaders, { apiKey, basicUser, basicPassword }: Credentials): void {
  if (basicUser !== undefined) {
    const expected = `Basic ${Buffer.from(`${basicUser}:${basicPassword ?? ''}`).toString('base64')}`;
    if (!same(headers.authorization ?? '', expected)) {
      throw new Problem(401, 'forbidden', 'Authorization: wrong or missing user and password', {
        'WWW-Authenticate': 'Basic realm="1C:Enterprise 8.3", charset="UTF-8"',
      });
    }
  }
  const key = headers['x-api-key'];
  if (typeof key !== 'string' || !same(key, apiKey)) {
    throw new Problem(403, 'forbidden', 'X-API-Key: wrong or missing');
  }
}

/** Compares in a time that tells nothing about where, and how long, the texts are the same. */
function same(given: string, expected: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given), digest(expected));
}
