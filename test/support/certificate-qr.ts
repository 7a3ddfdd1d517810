import { readBarcodes } from 'zxing-wasm/reader';
import { Pdf, referred } from './glyphs/pdf.ts';
import { prepareQrReader } from './qr-reader.ts';

/** What the QR codes on the page of a PDF say, as a phone's camera would read them. */
export async function qrCodesOn(bytes: Buffer): Promise<{ readonly text: string; readonly ecLevel: string }[]> {
  await prepareQrReader();
  return readBarcodes(pictureOf(streamOf(bytes)), { formats: ['QRCode'] });
}

/** What draws the page. */
export function streamOf(bytes: Buffer): string {
  const pdf = new Pdf(bytes);
  const [contents = ''] = referred(pdf.pages()[0]?.dictionary ?? '', 'Contents');
  return pdf.object(contents).stream;
}

/** What the rectangles of a code cover, four pixels for each module, within a border. */
function pictureOf(stream: string): ImageData {
  const rows = [...stream.matchAll(/^(\d+) (\d+) (\d+) 1 re$/gm)].map((row) => row.slice(1).map(Number));
  const modules = Math.max(...rows.map(([, y = 0]) => y)) + 1;
  const side = (modules + 8) * 4;
  const data = new Uint8ClampedArray(side * side * 4).fill(255);
  for (const [left = 0, up = 0, run = 0] of rows) {
    for (let y = (modules - 1 - up + 4) * 4; y < (modules - up + 4) * 4; y += 1) {
      for (let x = (left + 4) * 4; x < (left + run + 4) * 4; x += 1)
        data.fill(0, (y * side + x) * 4, (y * side + x) * 4 + 3);
    }
  }
  return { data, width: side, height: side, colorSpace: 'srgb' };
}
