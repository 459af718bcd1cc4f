import { readFileSync } from 'node:fs';
import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import { createSecureContext, rootCertificates, type SecureContext } from 'node:tls';
import { X509Certificate } from 'node:crypto';
import { type HttpModuleOptions } from '@nestjs/axios';
import { type Settings } from '../config/settings';
import { attemptAdapter } from './attempt.adapter';

/** A response over 5 MiB is refused, after decompression. */
export const MAX_RESPONSE_BYTES = 5 * 1024 * 1024;

const PEM_CERTIFICATE = /-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/g;

/**
 * How requests to the accounting system are made (contract, Transport): kept-alive connections, TLS 1.2 or newer, no
 * redirect and no proxy (either would hand the key to a third party), bodies as bytes for the reader of answers.
 */
export function httpOptions(settings: Settings): HttpModuleOptions {
  const agent = { keepAlive: true, maxFreeSockets: settings.onecMaxConcurrency };
  return {
    baseURL: settings.onecBaseUrl.replace(/\/+$/, ''),
    allowAbsoluteUrls: false,
    adapter: attemptAdapter(settings),
    httpAgent: new HttpAgent(agent),
    // The context is made once: a connection would otherwise parse all root certificates anew. Node passes it on to
    // tls.connect, the type of the agent's options lacks it.
    httpsAgent: new HttpsAgent({ ...agent, secureContext: secureContext(settings) }),
    maxRedirects: 0,
    proxy: false,
    maxContentLength: MAX_RESPONSE_BYTES,
    responseType: 'arraybuffer',
    transformResponse: [(body: unknown) => body],
    // Every status is read by the interceptor of answers.
    validateStatus: () => true,
  };
}

function secureContext(settings: Settings): SecureContext {
  const { onecCaFile, onecClientCertFile, onecClientKeyFile } = settings;
  const ca = onecCaFile === undefined ? undefined : [...rootCertificates, ...certificates(onecCaFile)];
  const cert = onecClientCertFile && readPem('ONEC_CLIENT_CERT_FILE', onecClientCertFile);
  const key = onecClientKeyFile && readPem('ONEC_CLIENT_KEY_FILE', onecClientKeyFile);
  try {
    return createSecureContext({
      minVersion: 'TLSv1.2',
      ...(ca ? { ca } : {}),
      ...(cert ? { cert } : {}),
      ...(key ? { key } : {}),
    });
  } catch (error) {
    throw new Error('ONEC_CLIENT_CERT_FILE and ONEC_CLIENT_KEY_FILE must hold a certificate and its key in PEM', {
      cause: error,
    });
  }
}

/** Node takes a file without a certificate in silence, and every connection would fail later. */
function certificates(file: string): string[] {
  const found = readPem('ONEC_CA_FILE', file).match(PEM_CERTIFICATE) ?? [];
  try {
    for (const certificate of found) new X509Certificate(certificate);
  } catch (error) {
    throw new Error('ONEC_CA_FILE holds a broken certificate', { cause: error });
  }
  if (found.length === 0) throw new Error('ONEC_CA_FILE must hold one or more certificates in PEM');
  return found;
}

function readPem(name: string, file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new Error(`${name} cannot be read: check that the file exists and its permissions`, { cause: error });
  }
}
