import { hasGrey } from './grey.ts';
import type { Pixels } from './read-code.ts';
import type { ReadReply, ReadRequest } from './reader-worker.ts';

/** Reads codes beside the page, so that it never stands still. */
export interface CodeReader {
  /** @throws Error where this browser cannot read codes at all */
  readonly read: (picture: Pixels | VideoFrame) => Promise<string | undefined>;
}

interface Waiting {
  readonly resolve: (text: string | undefined) => void;
  readonly reject: (error: Error) => void;
}

export function startReader(): CodeReader {
  const worker = new Worker(new URL('./reader-worker.ts', import.meta.url), { type: 'module' });
  const waiting = new Map<number, Waiting>();
  let broken: Error | undefined;
  let last = 0;

  worker.addEventListener('message', ({ data }: MessageEvent<ReadReply>) => {
    const asker = waiting.get(data.id);
    waiting.delete(data.id);
    if ('error' in data) asker?.reject(new Error(data.error));
    else asker?.resolve(data.text);
  });
  worker.addEventListener('error', ({ message }) => {
    broken = new Error(message);
    for (const { reject } of waiting.values()) reject(broken);
    waiting.clear();
  });

  return {
    read: (picture) =>
      new Promise((resolve, reject) => {
        if (broken !== undefined) return reject(broken);
        last += 1;
        waiting.set(last, { resolve, reject });
        const asked = (given: ReadRequest['picture']): ReadRequest => ({ id: last, picture: given });
        if (!('data' in picture)) return worker.postMessage(asked(picture), [picture]);
        const { data, width, height } = picture;
        worker.postMessage(asked({ data, width, height }), [data.buffer]);
      }),
  };
}

/** Pixels of a side: a ticket that fills a third of the frame still has four to a module. */
const SIDE = 720;
/** Milliseconds between two looks where nothing else says that there is a new picture. */
const PACE = 60;

interface Watched {
  /** Resolves when it was dealt with: until then nothing else is looked at, and nothing holds up the answer. */
  readonly onText: (text: string) => Promise<void>;
  /** Codes cannot be read in this browser. */
  readonly onBroken: (error: Error) => void;
}

/**
 * Looks for codes in what a camera shows, one picture at a time: the next is taken when the last was read, so that a slow phone
 * sees fewer pictures and never old ones.
 *
 * @returns what ends it
 */
export function watchFrames(video: HTMLVideoElement, reader: CodeReader, { onText, onBroken }: Watched): () => void {
  const canvas = document.createElement('canvas');
  const context = canvas.getContext('2d', { willReadFrequently: true });
  let isEnded = false;
  let mayTake = typeof VideoFrame === 'function';

  const next = (): void => {
    if (isEnded) return;
    if ('requestVideoFrameCallback' in video) video.requestVideoFrameCallback(look);
    else setTimeout(look, PACE);
  };
  const look = (): void => {
    const taken = mayTake && !isEnded ? take(video) : undefined;
    const picture = taken ?? (isEnded || context === null ? undefined : middleOf(video, canvas, context));
    if (picture === undefined) {
      next();
      return;
    }
    reader.read(picture).then(
      (text) => {
        if (text === undefined || isEnded) next();
        else onText(text).then(next, next);
      },
      (error: Error) => {
        if (isEnded) return;
        // A browser that hands over the frame, and not what is in it, draws it.
        if (taken === undefined) return onBroken(error);
        mayTake = false;
        next();
      },
    );
  };
  next();
  return () => {
    isEnded = true;
  };
}

/** The frame as it came from the camera, where the browser hands it over and it is no larger than is looked at. */
function take(video: HTMLVideoElement): VideoFrame | undefined {
  if (Math.min(video.videoWidth, video.videoHeight) > SIDE) return undefined;
  try {
    const frame = new VideoFrame(video);
    if (hasGrey(frame)) return frame;
    frame.close();
  } catch {
    // There is no picture yet.
  }
  return undefined;
}

/** The square in the middle, which is what staff see as the frame. */
function middleOf(
  video: HTMLVideoElement,
  canvas: HTMLCanvasElement,
  context: CanvasRenderingContext2D,
): ImageData | undefined {
  const { videoWidth, videoHeight } = video;
  const seen = Math.min(videoWidth, videoHeight);
  if (seen === 0) return undefined;
  const side = Math.min(seen, SIDE);
  if (canvas.width !== side) {
    canvas.width = side;
    canvas.height = side;
  }
  context.drawImage(video, (videoWidth - seen) / 2, (videoHeight - seen) / 2, seen, seen, 0, 0, side, side);
  return context.getImageData(0, 0, side, side);
}
