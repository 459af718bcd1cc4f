/** How the encoding of a file was found. */
export type EncodingSource = 'byte order mark' | 'byte pattern' | 'XML declaration' | 'default of XML';

export interface DetectedEncoding {
  /** A label of the WHATWG Encoding Standard, as TextDecoder takes it. */
  encoding: string;
  source: EncodingSource;
}

const BYTE_ORDER_MARKS: readonly [encoding: string, bytes: readonly number[]][] = [
  ['utf-8', [0xef, 0xbb, 0xbf]],
  ['utf-16le', [0xff, 0xfe]],
  ['utf-16be', [0xfe, 0xff]],
];

/** `<` and a zero byte: what XML without a byte order mark begins with in UTF-16 (XML 1.0, appendix F). */
const FIRST_CHARACTER: readonly [encoding: string, bytes: readonly number[]][] = [
  ['utf-16le', [0x3c, 0x00]],
  ['utf-16be', [0x00, 0x3c]],
];

const DECLARED = /^\s*<\?xml\s[^>]*?encoding\s*=\s*["']([A-Za-z][\w.:-]*)["']/;

/**
 * Encoding of an XML file: the byte order mark decides, else the XML declaration, else it is UTF-8
 * (XML 1.0, appendix F).
 *
 * @param head the first bytes of the file; the declaration must be within them
 */
export function detectEncoding(head: Uint8Array): DetectedEncoding {
  const marked = BYTE_ORDER_MARKS.find(([, bytes]) => startsWith(head, bytes));
  if (marked) return { encoding: marked[0], source: 'byte order mark' };
  const patterned = FIRST_CHARACTER.find(([, bytes]) => startsWith(head, bytes));
  if (patterned) return { encoding: patterned[0], source: 'byte pattern' };
  const declared = DECLARED.exec(Buffer.from(head.subarray(0, 256)).toString('latin1'))?.[1]?.toLowerCase();
  // The declaration was readable byte by byte, so a declared UTF-16 is a slip of the writing program.
  if (declared && !declared.startsWith('utf-16')) return { encoding: declared, source: 'XML declaration' };
  return { encoding: 'utf-8', source: 'default of XML' };
}

function startsWith(bytes: Uint8Array, prefix: readonly number[]): boolean {
  return prefix.every((byte, index) => bytes[index] === byte);
}
