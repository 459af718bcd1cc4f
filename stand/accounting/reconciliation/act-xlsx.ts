import { type Act } from './act';

const AMOUNT_FORMAT = '#,##0.00';
const COLUMN_WIDTHS = [12, 62, 16, 16, 16];

/** @returns the bytes of a workbook with one sheet, amounts as numbers */
export async function writeXlsx(act: Act): Promise<Buffer> {
  // Loaded when first needed: the stand starts without it.
  const { default: ExcelJS } = await import('exceljs');
  const workbook = new ExcelJS.Workbook();
  const sheet = workbook.addWorksheet('Акт сверки', { pageSetup: { paperSize: 9, fitToPage: true, fitToHeight: 0 } });
  sheet.columns = COLUMN_WIDTHS.map((width) => ({ width }));
  sheet.addRow([act.title]).font = { bold: true, size: 13 };
  sheet.addRow([act.parties]);
  sheet.addRow([]);
  sheet.addRow([...act.columns]).font = { bold: true };
  for (const { day, document, debit, credit, balance, total } of act.rows) {
    const row = sheet.addRow([day, document, debit ?? null, credit ?? null, balance ?? null]);
    row.font = { bold: total };
    for (const column of [3, 4, 5]) row.getCell(column).numFmt = AMOUNT_FORMAT;
  }
  sheet.addRow([]);
  sheet.addRow([act.conclusion]).font = { bold: true };
  return Buffer.from(await workbook.xlsx.writeBuffer());
}
