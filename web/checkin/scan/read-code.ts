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

/** Dark on light and as large as it is, which most are: half the time. */
const QUICK = { ...OPTIONS, tryRotate: false, tryInvert: false, tryDownscale: false } satisfies ReaderOptions;

type Found = Awaited<ReturnType<typeof readBarcodes>>[number];

/**
 * What the QR code in a picture says, that nearest to its middle where there are two; `undefined` where there is none.
 *
 * @param isQuick for a first look, which finds nothing but a plain code over the middle: none that is nearer can have been missed
 */
export async function readCode(picture: Pixels, isQuick = false): Promise<string | undefined> {
  const found = await readBarcodes(picture as ImageData, isQuick ? QUICK : OPTIONS);
  const [x, y] = [picture.width / 2, picture.height / 2];
  const fromMiddle = ({ position: { topLeft, bottomRight } }: Found): number =>
    Math.hypot((topLeft.x + bottomRight.x) / 2 - x, (topLeft.y + bottomRight.y) / 2 - y);
  const [nearest] = found.sort((a, b) => fromMiddle(a) - fromMiddle(b));
  return nearest === undefined || (isQuick && !isOver(nearest, x, y)) ? undefined : nearest.text;
}

function isOver({ position: { topLeft, topRight, bottomLeft, bottomRight } }: Found, x: number, y: number): boolean {
  const corners = [topLeft, topRight, bottomLeft, bottomRight];
  const [across, down] = [corners.map((corner) => corner.x), corners.map((corner) => corner.y)];
  return Math.min(...across) <= x && x <= Math.max(...across) && Math.min(...down) <= y && y <= Math.max(...down);
}
