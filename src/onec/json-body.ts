/** Strict: a body in another encoding must not get through as rubbish. Drops a byte order mark. */
const utf8 = new TextDecoder('utf-8', { fatal: true });

/**
 * Reads a body of the contract (Transport): a JSON object in UTF-8, with or without a BOM, in which `null` and a missing
 * field mean the same.
 *
 * @returns the object without its null members
 * @throws where the bytes are no such thing
 */
export function readJsonObject(bytes: Uint8Array): Record<string, unknown> {
  const value: unknown = JSON.parse(utf8.decode(bytes));
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new TypeError('not a JSON object');
  return withoutNulls(value) as Record<string, unknown>;
}

function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.entries(value).filter(([name, member]) => member !== null && name !== '__proto__');
  return Object.fromEntries(members.map(([name, member]) => [name, withoutNulls(member)]));
}
