import { beforeAll, describe, expect, it } from 'vitest';
import { readBarcodes } from 'zxing-wasm/reader';
import { qrMatrix, qrPng, qrSvg } from '../../shared/ticket/qr.store.ts';
import { prepareQrReader } from '../support/qr-reader.ts';
import { makeIssuer } from './ticket-fixture.ts';

let code: string;

beforeAll(async () => {
  await prepareQrReader();
  code = (await makeIssuer()).issue();
});

describe("a ticket's QR code (TK7)", () => {
  it('has 49 modules a side at error level Q', () => {
    expect(qrMatrix(code)).toHaveLength(49);
  });

  it('is read back from the picture in the mail', async () => {
    const { png, side } = qrPng(code);
    const [read, ...others] = await readBarcodes(png, { formats: ['QRCode'] });
    expect(others).toEqual([]);
    expect(read).toMatchObject({ text: code, ecLevel: 'Q', isValid: true });
    expect(side).toBe(285);
    expect(png.length).toBeLessThan(3000);
  });

  it('is the same picture on the page', () => {
    const { markup } = qrSvg('HELLO', 'QR code of <your> ticket');
    expect(markup).toContain('aria-label="QR code of &lt;your&gt; ticket"');
    expect(markup).not.toContain('style=');
    expect(darkModules(markup)).toEqual(
      qrMatrix('HELLO').flatMap((row, y) => row.flatMap((dark, x) => (dark ? [`${x + 4},${y + 4}`] : []))),
    );
  });
});

/** What the strokes of the SVG cover, as `x,y`. */
function darkModules(markup: string): string[] {
  return [...markup.matchAll(/M(\d+) (\d+)h(\d+)v1h-\3z/g)].flatMap(([, x, y, length]) =>
    Array.from({ length: Number(length) }, (_, offset) => `${Number(x) + offset},${y}`),
  );
}
