import { type InternalAxiosRequestConfig } from 'axios';
import { type Settings } from '../config/settings';

/**
 * Signs each request (contract, Transport): `X-API-Key`, the question's `X-Request-Id`, the media types, and HTTP Basic
 * (RFC 7617, in UTF-8 as 1C expects it) where the publication asks for a 1C user.
 */
export function apiKeyInterceptor(settings: Settings) {
  const { onecApiKey, onecBasicUser, onecBasicPassword } = settings;
  const basic =
    onecBasicUser && `Basic ${Buffer.from(`${onecBasicUser}:${onecBasicPassword ?? ''}`, 'utf8').toString('base64')}`;

  return (config: InternalAxiosRequestConfig): InternalAxiosRequestConfig => {
    config.headers.set({
      'X-API-Key': onecApiKey,
      Accept: 'application/json',
      'Content-Type': 'application/json; charset=utf-8',
      'User-Agent': 'supplier-bot',
    });
    if (config.question) config.headers.set('X-Request-Id', config.question.requestId);
    if (basic) config.headers.set('Authorization', basic);
    return config;
  };
}

/** Whatever must not get into a log or an error, should 1C repeat it in its answer. */
export function redactor(settings: Settings): (text: string) => string {
  const { onecApiKey, onecBasicUser, onecBasicPassword } = settings;
  const basic = onecBasicPassword && Buffer.from(`${onecBasicUser ?? ''}:${onecBasicPassword}`).toString('base64');
  const secrets = [onecApiKey, onecBasicPassword, basic].filter((secret): secret is string => !!secret);
  return (text) => secrets.reduce((clean, secret) => clean.replaceAll(secret, '***'), text);
}
