import type { Pixels } from './read-code.ts';
import type { Reader } from './reader.ts';

/** Longest sides at which a picture is looked at: small is quick and forgives noise, large finds a code far away. */
const SIDES = [1000, 2400];

/** The file is no picture, or none that this browser can open. */
export class NoPictureError extends Error {}

/** What the code in a picture says; `undefined` where there is none. @throws NoPictureError */
export async function readPhoto(file: Blob, reader: Reader): Promise<string | undefined> {
  const picture = await createImageBitmap(file).catch((cause: unknown) => {
    throw new NoPictureError('not a picture', { cause });
  });
  try {
    for (const side of SIDES) {
      const text = await reader.read(scaled(picture, side));
      if (text !== undefined) return text;
    }
    return undefined;
  } finally {
    picture.close();
  }
}

function scaled(picture: ImageBitmap, side: number): Pixels {
  const scale = Math.min(1, side / Math.max(picture.width, picture.height));
  const canvas = document.createElement('canvas');
  canvas.width = Math.max(1, Math.round(picture.width * scale));
  canvas.height = Math.max(1, Math.round(picture.height * scale));
  const context = canvas.getContext('2d');
  if (context === null) throw new NoPictureError('no canvas');
  context.drawImage(picture, 0, 0, canvas.width, canvas.height);
  return context.getImageData(0, 0, canvas.width, canvas.height);
}
