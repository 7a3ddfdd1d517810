import { prepareZXingModule } from 'zxing-wasm/reader';
import wasm from 'zxing-wasm/reader/zxing_reader.wasm?url';
import { greyOf, halfOf, wholeOf } from './grey.ts';
import { type Pixels, readCode } from './read-code.ts';

/** One picture, and what was read in it. */
export interface ReadRequest {
  readonly id: number;
  readonly picture: Pixels | VideoFrame;
}
export type ReadReply =
  | { readonly id: number; readonly text: string | undefined }
  | { readonly id: number; readonly error: string };

// Without this it would be fetched from a server of others. It is loaded at once, so that the first frame does not wait for it.
prepareZXingModule({ overrides: { locateFile: () => wasm }, fireImmediately: true }).catch(() => {
  // Each picture is answered with what is wrong.
});

const answer = (message: ReadReply): void => postMessage(message);

addEventListener('message', ({ data: { id, picture } }: MessageEvent<ReadRequest>) => {
  read(picture).then(
    (text) => answer({ id, text }),
    (error: unknown) => answer({ id, error: String(error) }),
  );
});

async function read(picture: ReadRequest['picture']): Promise<string | undefined> {
  if ('data' in picture) return readCode(picture);
  // A camera has few of them, and stops when none comes back.
  const grey = await greyOf(picture).finally(() => picture.close());
  return (await readCode(halfOf(grey), true)) ?? readCode(wholeOf(grey));
}
