import { createReadStream } from 'node:fs';
import { TextDecoder } from 'node:util';
import { SaxesParser, type SaxesTagPlain } from 'saxes';
import { CommerceMLError } from './commerceml-error';
import { detectEncoding } from './encoding';
import { CONVERSIONS, IGNORED, UnusableElement } from './exchange-elements';
import { type ExchangeRecord } from './exchange-records';
import { type XmlNode } from './xml-node';

const CHUNK_BYTES = 256 * 1024;
const ROOT = 'КоммерческаяИнформация';
const EXPORT_AGAIN = 'Export the file from 1C again, or repair it at this line';
const NAME_EXCHANGE_FILES = 'Name the import and offers files of the exchange with a site (CommerceML 2.x)';

/**
 * Reads an exchange file of CommerceML 2.x ("import" with products, "offers" with prices and quantities, or both in one)
 * as a stream: in memory there is one element at a time, however large the file.
 *
 * @param file path of the file; UTF-8, windows-1251, UTF-16 or whatever else its mark or declaration names
 * @yields the records in the order of the file, the header first
 * @throws CommerceMLError with the file, the line and what to do
 */
export async function* readExchange(file: string): AsyncGenerator<ExchangeRecord, void, undefined> {
  let reader: ExchangeReader | undefined;
  try {
    for await (const chunk of createReadStream(file, { highWaterMark: CHUNK_BYTES }) as AsyncIterable<Buffer>) {
      reader ??= new ExchangeReader(file, chunk);
      yield* reader.read(chunk);
    }
  } catch (error) {
    throw asCommerceMLError(file, error);
  }
  if (!reader) throw new CommerceMLError(file, 'the file is empty', 'Export it from 1C again');
  yield* reader.end();
}

function asCommerceMLError(file: string, error: unknown): unknown {
  const code = (error as NodeJS.ErrnoException).code;
  if (code === 'ENOENT') return new CommerceMLError(file, 'there is no such file', 'Check the path');
  if (code === 'EISDIR') return new CommerceMLError(file, 'this is a folder', 'Name the XML files in it');
  if (code === 'EACCES') return new CommerceMLError(file, 'the file may not be read', 'Check its permissions');
  return error;
}

/** Turns pieces of one file into records. */
class ExchangeReader {
  private readonly decoder: TextDecoder;
  private readonly encoding: string;
  private readonly parser: InstanceType<typeof SaxesParser<object>>;
  /** Names of the open elements outside of a collected one. */
  private readonly path: string[] = [];
  /** The open elements of the subtree that is being collected, the outermost first. */
  private readonly open: XmlNode[] = [];
  /** How many elements are open within one that is skipped. */
  private skipping = 0;
  private records: ExchangeRecord[] = [];
  /** Whether the root element was seen. */
  private begun = false;

  constructor(
    private readonly file: string,
    head: Uint8Array,
  ) {
    if (head[0] === 0x50 && head[1] === 0x4b) {
      throw new CommerceMLError(file, 'this is a ZIP archive', 'Unpack it and name the XML files in it');
    }
    this.encoding = detectEncoding(head).encoding;
    this.decoder = this.createDecoder();
    this.parser = this.createParser();
  }

  read(chunk: Uint8Array): ExchangeRecord[] {
    return this.feed(() => {
      this.parser.write(this.decode(chunk));
    });
  }

  end(): ExchangeRecord[] {
    return this.feed(() => {
      this.parser.write(this.decode());
      this.parser.close();
    });
  }

  private feed(work: () => void): ExchangeRecord[] {
    this.records = [];
    work();
    return this.records;
  }

  private createDecoder(): TextDecoder {
    try {
      return new TextDecoder(this.encoding, { fatal: true });
    } catch (cause) {
      throw new CommerceMLError(
        this.file,
        `its declaration names the unknown encoding "${this.encoding}"`,
        'Save the file as UTF-8 and correct the declaration',
        1,
        { cause },
      );
    }
  }

  /** Without a chunk: the end of the file. */
  private decode(chunk?: Uint8Array): string {
    try {
      return chunk ? this.decoder.decode(chunk, { stream: true }) : this.decoder.decode();
    } catch (cause) {
      throw new CommerceMLError(
        this.file,
        `after this line there are bytes that are not ${this.encoding}`,
        'The file is cut off or in another encoding than it says: export it again, or correct its XML declaration',
        this.parser.line,
        { cause },
      );
    }
  }

  private createParser() {
    const parser = new SaxesParser<object>({ xmlns: false, position: true });
    parser.on('error', ({ message }) => {
      const problem = message.replace(/^\d+:\d+:\s*/, '').replace(/\.$/, '');
      throw this.begun
        ? new CommerceMLError(this.file, `malformed XML: ${problem}`, EXPORT_AGAIN, parser.line)
        : new CommerceMLError(this.file, `this is not XML: ${problem}`, NAME_EXCHANGE_FILES, parser.line);
    });
    parser.on('opentag', (tag) => this.opened(tag));
    parser.on('closetag', () => this.closed());
    const text = (part: string) => {
      const node = this.open.at(-1);
      if (node && this.skipping === 0) node.text += part;
    };
    parser.on('text', text);
    parser.on('cdata', text);
    return parser;
  }

  private opened(tag: SaxesTagPlain): void {
    const name = localName(tag.name);
    if (this.skipping > 0) {
      this.skipping++;
      return;
    }
    if (this.open.length > 0) {
      if (IGNORED.has(name)) this.skipping = 1;
      else this.collect(name, tag);
      return;
    }
    const parent = this.path.at(-1);
    if (parent === undefined) this.begin(name, tag);
    if (name === 'Документ') {
      this.records.push({ kind: 'document' });
      this.skipping = 1;
    } else if (CONVERSIONS.has(`${parent}/${name}`)) {
      this.collect(name, tag);
    } else {
      this.path.push(name);
    }
  }

  private begin(name: string, tag: SaxesTagPlain): void {
    if (name !== ROOT) {
      throw new CommerceMLError(
        this.file,
        `this is not CommerceML: the root element is <${name}>, not <${ROOT}>`,
        NAME_EXCHANGE_FILES,
        this.parser.line,
      );
    }
    this.begun = true;
    this.records.push({
      kind: 'header',
      schemaVersion: tag.attributes['ВерсияСхемы'],
      generatedAt: tag.attributes['ДатаФормирования'],
      encoding: this.encoding,
    });
  }

  private collect(name: string, tag: SaxesTagPlain): void {
    const node: XmlNode = { name, attributes: tag.attributes, children: [], text: '' };
    this.open.at(-1)?.children.push(node);
    this.open.push(node);
  }

  private closed(): void {
    if (this.skipping > 0) {
      this.skipping--;
      return;
    }
    const node = this.open.pop();
    if (!node) this.path.pop();
    else if (this.open.length === 0) this.convert(node);
  }

  private convert(node: XmlNode): void {
    const convert = CONVERSIONS.get(`${this.path.at(-1)}/${node.name}`);
    try {
      this.records.push(...(convert?.(node) ?? []));
    } catch (error) {
      if (!(error instanceof UnusableElement)) throw error;
      this.records.push({
        kind: 'unusable',
        element: node.name,
        reason: error.message,
        line: this.parser.line,
      });
    }
  }
}

/** `cml:Товар` is `Товар`. */
function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}
