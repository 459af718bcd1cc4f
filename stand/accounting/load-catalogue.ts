import path from 'node:path';
import { type Catalogue } from './catalogue';
import { type BuiltCatalogue, CatalogueBuilder } from './catalogue-builder';
import { CommerceMLError } from './commerceml/commerceml-error';
import { type ExchangeRecord } from './commerceml/exchange-records';
import { readExchange } from './commerceml/read-exchange';

/** What one file held. */
export interface FileReport {
  file: string;
  encoding: string;
  /** `ВерсияСхемы`; undefined where the file does not say. */
  schemaVersion?: string;
  generatedAt?: string;
  groups: number;
  products: number;
  offers: number;
  priceTypes: number;
  warehouses: number;
  /** Orders in the file: counted, not used. */
  documents: number;
}

export interface LoadReport extends Omit<BuiltCatalogue, 'catalogue'> {
  files: FileReport[];
  milliseconds: number;
}

export interface ExchangeFiles {
  /** Files with products: `import.xml`, `import0_1.xml`, …. */
  importFiles: readonly string[];
  /** Files with prices and quantities: `offers.xml`, `prices0_1.xml`, `rests0_1.xml`, …; may be none. */
  offersFiles: readonly string[];
}

/**
 * Reads exchange files of a real 1C into a catalogue. What a file holds decides, not the list in which it stands; the
 * later file wins where two tell of one thing.
 *
 * @throws CommerceMLError where a file cannot be read, with what to do
 */
export async function loadCatalogue(files: ExchangeFiles): Promise<{ catalogue: Catalogue; report: LoadReport }> {
  const started = performance.now();
  const builder = new CatalogueBuilder();
  const reports: FileReport[] = [];
  for (const file of [...files.importFiles, ...files.offersFiles]) reports.push(await readInto(builder, file));
  const { catalogue, ...loaded } = builder.build();
  return { catalogue, report: { files: reports, ...loaded, milliseconds: Math.round(performance.now() - started) } };
}

let sample: Promise<Catalogue> | undefined;

/** @returns the sample catalogue that ships with the project; read once, then shared, for nobody changes it */
export function loadSampleCatalogue(): Promise<Catalogue> {
  sample ??= loadCatalogue(SAMPLE_FILES).then(({ catalogue }) => catalogue);
  return sample;
}

/** The sample catalogue of `stand/catalogue/make.ts`. */
export const SAMPLE_FILES: ExchangeFiles = {
  importFiles: [path.resolve(__dirname, '..', 'catalogue', 'import.xml')],
  offersFiles: [path.resolve(__dirname, '..', 'catalogue', 'offers.xml')],
};

async function readInto(builder: CatalogueBuilder, file: string): Promise<FileReport> {
  const count = { group: 0, product: 0, offer: 0, priceType: 0, warehouse: 0, document: 0, unit: 0, unusable: 0 };
  let header: Extract<ExchangeRecord, { kind: 'header' }> | undefined;
  for await (const record of readExchange(file)) {
    if (record.kind === 'header') header = record;
    else {
      count[record.kind]++;
      builder.add(record, file);
    }
  }
  const useful = count.group + count.product + count.offer + count.priceType + count.warehouse;
  if (useful === 0 && count.unusable === 0) throw nothingToLoad(file, count.document);
  return {
    file,
    encoding: header?.encoding ?? 'utf-8',
    schemaVersion: header?.schemaVersion,
    generatedAt: header?.generatedAt,
    groups: count.group,
    products: count.product,
    offers: count.offer,
    priceTypes: count.priceType,
    warehouses: count.warehouse,
    documents: count.document,
  };
}

function nothingToLoad(file: string, documents: number): CommerceMLError {
  const advice = 'Name an import file with <Каталог> and an offers file with <ПакетПредложений>';
  return documents > 0
    ? new CommerceMLError(file, `this is a file of orders (${documents} <Документ>), not of products`, advice)
    : new CommerceMLError(file, 'there are no products and no offers in it', advice);
}
