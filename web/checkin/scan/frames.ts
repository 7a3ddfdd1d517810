import type { Reader } from './reader.ts';

/** Pixels of a side: a ticket that fills a third of the frame still has four to a module. */
const SIDE = 720;
/** Milliseconds between two looks where nothing else says that there is a new picture. */
const PACE = 60;

export interface Watched {
  readonly onText: (text: string) => void;
  /** Codes cannot be read in this browser. */
  readonly onBroken: (error: Error) => void;
}

/**
 * Looks for codes in what a camera shows, one picture at a time: the next is taken when the last was read, so that a slow phone
 * sees fewer pictures and never old ones.
 *
 * @returns what ends it
 */
export function watchFrames(video: HTMLVideoElement, reader: Reader, { onText, onBroken }: Watched): () => void {
  const canvas = document.createElement('canvas');
  const context = canvas.getContext('2d', { willReadFrequently: true });
  let isEnded = false;

  const next = (): void => {
    if (isEnded) return;
    if ('requestVideoFrameCallback' in video) video.requestVideoFrameCallback(look);
    else setTimeout(look, PACE);
  };
  const look = (): void => {
    const picture = isEnded || context === null ? undefined : middleOf(video, canvas, context);
    if (picture === undefined) {
      next();
      return;
    }
    reader.read(picture).then(
      (text) => {
        if (text !== undefined && !isEnded) onText(text);
        next();
      },
      (error: Error) => {
        if (!isEnded) onBroken(error);
      },
    );
  };
  next();
  return () => {
    isEnded = true;
  };
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
