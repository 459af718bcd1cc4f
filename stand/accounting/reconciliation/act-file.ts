import { type Act } from './act';
import { writePdf } from './act-pdf';
import { writeXlsx } from './act-xlsx';

const FORMATS = {
  pdf: { mimeType: 'application/pdf', write: writePdf },
  xlsx: { mimeType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', write: writeXlsx },
} as const;

export type ActFormat = keyof typeof FORMATS;

/** @returns the act as a file, without its name */
export async function writeAct(act: Act, format: ActFormat): Promise<{ mimeType: string; content: Buffer }> {
  const { mimeType, write } = FORMATS[format];
  return { mimeType, content: await write(act) };
}

/**
 * Loads the libraries that write files. They are large, and the stand starts without them: who calls this after the
 * start spares the first act of reconciliation the second that it takes.
 */
export async function loadActWriters(): Promise<void> {
  await Promise.all([import('pdfkit'), import('exceljs')]);
}
