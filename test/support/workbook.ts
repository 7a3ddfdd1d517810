import { readSheet } from 'read-excel-file/node';

/** Cells of the first sheet of a workbook: text, numbers, and null where nothing stands. */
export const readWorkbook = async (file: Uint8Array): Promise<readonly (readonly unknown[])[]> =>
  readSheet(Buffer.from(file));
