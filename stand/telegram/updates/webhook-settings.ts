import { badRequest } from '../bot-api-error';
import { LIMITS } from '../limits';

/** Where and how updates are sent (setWebhook). */
export interface WebhookSettings {
  url: string;
  secretToken: string;
  maxConnections: number;
  /** A self-signed certificate that the bot uploaded, PEM. */
  certificate?: Buffer;
}

const HTTPS_PORTS = ['', '80', '88', '443', '8443'];

const isLoopback = (hostname: string): boolean =>
  hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d{1,3}){3}$/.test(hostname);

/**
 * Checks an address for updates. Telegram takes https only, on four ports; a local server may also call the loopback,
 * where plain http and any port will do.
 *
 * @throws BotApiError 400 with Telegram's description
 */
export function checkWebhookUrl(url: string): void {
  const parsed = parseUrl(/^[a-z][a-z0-9+.-]*:\/\//i.test(url) ? url : `https://${url}`);
  if (parsed === undefined || !['http:', 'https:'].includes(parsed.protocol)) {
    throw badRequest('invalid webhook URL specified');
  }
  if (isLoopback(parsed.hostname)) {
    return;
  }
  if (parsed.protocol !== 'https:') {
    throw badRequest('bad webhook: An HTTPS URL must be provided for webhook');
  }
  if (!HTTPS_PORTS.includes(parsed.port)) {
    throw badRequest('bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443');
  }
}

/** @throws BotApiError 400: 1 to 256 of `A-Z a-z 0-9 _ -`, or nothing */
export function checkSecretToken(secret: string): void {
  if (secret.length > LIMITS.webhookSecretCharacters) {
    throw badRequest('secret token is too long');
  }
  if (!/^[\w-]*$/.test(secret)) {
    throw badRequest('secret token contains unallowed characters');
  }
}

function parseUrl(url: string): URL | undefined {
  try {
    return new URL(url);
  } catch {
    return undefined;
  }
}
