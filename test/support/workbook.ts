import { readSheet } from 'read-excel-file/node';

/** Cells of the first sheet of a workbook: text, numbers, and null where nothing stands. */
export const readWorkbook = async (file: Blob | Buffer): Promise<readonly (readonly unknown[])[]> =>
  readSheet(Buffer.isBuffer(file) ? file : Buffer.from(await file.arrayBuffer()));
