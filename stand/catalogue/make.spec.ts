import { readFileSync } from 'node:fs';
import path from 'node:path';
import { DEPARTMENTS } from './goods';
import { ean13, makeSample } from './make';

const committed = (name: string) => readFileSync(path.join(__dirname, name), 'utf8');

it('makes the very files that are committed: run npx tsx stand/catalogue/make.ts after a change', () => {
  const { importXml, offersXml } = makeSample();
  expect(importXml === committed('import.xml')).toBe(true);
  expect(offersXml === committed('offers.xml')).toBe(true);
});

it('ends barcodes with the check digit of GS1', () => {
  // The example of the GS1 General Specifications.
  expect(ean13('629104150021')).toBe('6291041500213');
  const barcodes = [...committed('import.xml').matchAll(/<Штрихкод>(\d+)</g)].map(([, barcode]) => barcode ?? '');
  expect(barcodes.length).toBeGreaterThan(300);
  expect(new Set(barcodes).size).toBe(barcodes.length);
  for (const barcode of barcodes) expect(ean13(barcode.slice(0, 12))).toBe(barcode);
});

it('has goods with a name, a price and a unit, no article twice', () => {
  const products = DEPARTMENTS.flatMap(({ groups }) => groups.flatMap((group) => group.products));
  const articles = products.map(({ article, code }) => article ?? code);
  expect(new Set(articles).size).toBe(articles.length);
  for (const product of products) {
    expect(product.name).not.toBe('');
    expect(product.price).toBeGreaterThan(0);
  }
  expect(new Set(products.map(({ unit }) => unit))).toEqual(
    new Set(['шт', 'пар', 'м', 'м²', 'уп', 'кг', 'л', 'рул', 'компл']),
  );
});
