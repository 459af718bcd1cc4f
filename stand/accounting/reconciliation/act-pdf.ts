import path from 'node:path';
import { type Act, type ActRow, formatAmount } from './act';

const MARGIN = 36;
const FONT_SIZE = 8.5;
const COLUMN_WIDTHS = [72, '*', 78, 78, 82] as const;
// Named by their files everywhere: pdfkit opens a font that has an alias anew for each cell of a table.
const PLAIN = fontFile('DejaVuSans');
const BOLD = fontFile('DejaVuSans-Bold');

/** @returns the bytes of a PDF in A4, with the fonts that its Cyrillic needs inside */
export async function writePdf(act: Act): Promise<Buffer> {
  // Loaded when first needed: the stand starts without it.
  const { default: PDFDocument } = await import('pdfkit');
  const document = new PDFDocument({ size: 'A4', margin: MARGIN, font: PLAIN });
  const chunks: Buffer[] = [];
  const written = new Promise<void>((resolve, reject) => {
    document.on('data', (chunk: Buffer) => chunks.push(chunk));
    document.on('end', resolve);
    document.on('error', reject);
  });
  document.info.Title = act.title;
  document.font(BOLD).fontSize(13).text(act.title, { align: 'center' });
  document.font(PLAIN).fontSize(FONT_SIZE).moveDown(0.5).text(act.parties, { align: 'center' }).moveDown();
  document.table({
    columnStyles: COLUMN_WIDTHS.map((width, index) => ({
      width,
      align: { x: index > 1 ? 'right' : 'left', y: 'center' },
    })),
    defaultStyle: { border: 0.5, borderColor: '#999999', padding: 4 },
    data: [
      act.columns.map((text) => ({ text, font: { src: BOLD, size: FONT_SIZE }, backgroundColor: '#eeeeee' })),
      ...act.rows.map(cellsOf),
    ],
  });
  document.moveDown().font(BOLD).fontSize(FONT_SIZE).text(act.conclusion);
  document.end();
  await written;
  return Buffer.concat(chunks);
}

function cellsOf({ day, document, debit, credit, balance, total }: ActRow) {
  return [day, document, formatAmount(debit), formatAmount(credit), formatAmount(balance)].map((text) => ({
    text,
    font: { src: total ? BOLD : PLAIN, size: FONT_SIZE },
  }));
}

function fontFile(name: string): string {
  return path.join(path.dirname(require.resolve('dejavu-fonts-ttf/package.json')), 'ttf', `${name}.ttf`);
}
