import { useState } from 'preact/hooks';
import { useApp } from '../app-context.ts';
import { NoPictureError, readPhoto } from '../scan/photo.ts';

/** A picture of a code, taken now or kept: for phones whose camera a page cannot have. */
export function Photo({ onText }: { readonly onText: (text: string) => void }) {
  const { phone, words } = useApp();
  const [note, setNote] = useState<string>();
  const look = (input: HTMLInputElement): void => {
    const [file] = input.files ?? [];
    if (file === undefined) return;
    setNote(words.scan.reading);
    readPhoto(file, phone.reader())
      .then(
        (text) => {
          setNote(text === undefined ? words.scan.noCode : undefined);
          if (text !== undefined) onText(text);
        },
        (error: unknown) => setNote(error instanceof NoPictureError ? words.scan.noPicture : words.scan.noReader),
      )
      // The same file may be chosen once more.
      .finally(() => {
        input.value = '';
      });
  };
  return (
    <>
      <label class="button second photo">
        {words.scan.photo}
        <input type="file" accept="image/*" capture="environment" onChange={(event) => look(event.currentTarget)} />
      </label>
      <p class="photo-note" role="status">
        {note}
      </p>
    </>
  );
}
