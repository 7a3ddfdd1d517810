import { type ReaderOptions, readBarcodes } from 'zxing-wasm/reader';

/** Pixels of a picture: four bytes each, row by row. */
export type Pixels = Pick<ImageData, 'data' | 'width' | 'height'>;

/** Tickets and organisers' codes are QR codes; looking for others costs time, and finds them where there are none. */
const OPTIONS = {
  formats: ['QRCode'],
  tryHarder: true,
  tryRotate: true,
  tryInvert: true,
  tryDownscale: true,
  // Two tickets of a family on one sheet: whichever is nearer to the middle is meant.
  maxNumberOfSymbols: 2,
} satisfies ReaderOptions;

/** What the QR code in a picture says, that nearest to its middle where there are two; `undefined` where there is none. */
export async function readCode(picture: Pixels): Promise<string | undefined> {
  const found = await readBarcodes(picture as ImageData, OPTIONS);
  const fromMiddle = ({ position: { topLeft, bottomRight } }: (typeof found)[number]): number =>
    Math.hypot(topLeft.x + bottomRight.x - picture.width, topLeft.y + bottomRight.y - picture.height);
  return found.sort((a, b) => fromMiddle(a) - fromMiddle(b))[0]?.text;
}
