import { useState } from 'preact/hooks';
import { useApp } from '../app-context.ts';
import type { Pixels } from '../scan/read-code.ts';
import type { Reader } from '../scan/reader.ts';

/** Longest sides at which a picture is looked at: small is quick and forgives noise, large finds a code far away. */
const SIDES = [1000, 2400];

/** The file is no picture, or none that this browser can open. */
class NoPictureError extends Error {}

/** What the code in a picture says; `undefined` where there is none. @throws NoPictureError */
async function readPhoto(file: Blob, reader: Reader): Promise<string | undefined> {
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

/** A picture of a code, taken now or kept: for phones whose camera a page cannot have. */
export function Photo({ onText }: { readonly onText: (text: string) => void }) {
  const { phone, t } = useApp();
  const [note, setNote] = useState<string>();
  const look = (input: HTMLInputElement): void => {
    const [file] = input.files ?? [];
    if (file === undefined) return;
    setNote(t('scan.reading'));
    readPhoto(file, phone.reader())
      .then(
        (text) => {
          setNote(text === undefined ? t('scan.noCode') : undefined);
          if (text !== undefined) onText(text);
        },
        (error: unknown) => setNote(error instanceof NoPictureError ? t('scan.noPicture') : t('scan.noReader')),
      )
      // The same file may be chosen once more.
      .finally(() => {
        input.value = '';
      });
  };
  return (
    <>
      <label class="button second photo">
        {t('scan.photo')}
        <input type="file" accept="image/*" capture="environment" onChange={(event) => look(event.currentTarget)} />
      </label>
      <p class="photo-note" role="status">
        {note}
      </p>
    </>
  );
}
