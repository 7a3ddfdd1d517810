import { qrMatrix } from '../../shared/ticket/qr.store.ts';

/** What one reading took in the page, in milliseconds. */
export interface Reading {
  /** From when the app took the frame to when the verdict was painted. */
  readonly whole: number;
  /** Of it, how long the worker worked, which no browser slows down on demand. */
  readonly worker: number;
}

declare global {
  /** Shows a ticket to the camera, and waits until its holder's name is painted. */
  var showTicket: (rows: readonly string[], name: string, tilt: number) => Promise<Reading>;
}

/** The squares of a ticket's code, for the page to draw. */
export const rowsOf = (code: string): string[] =>
  qrMatrix(code).map((row) => [...row].map((isDark) => (isDark ? '1' : '0')).join(''));

/**
 * In the page, before the app: a camera of 1280 by 720 whose picture is a test's, and clocks at both ends of what the app does with a frame. The
 * app is as it was built: it asks for a camera, plays its stream, is called for a new frame, and posts it to its worker.
 */
export function installPacedCamera(): void {
  const [width, height, side] = [1280, 720, 400];
  const canvas = Object.assign(document.createElement('canvas'), { width, height });
  const picture = canvas.getContext('2d') as CanvasRenderingContext2D;
  const [track] = canvas.captureStream(0).getVideoTracks() as [CanvasCaptureMediaStreamTrack];
  const draw = (rows: readonly string[], tilt: number): void => {
    picture.resetTransform();
    picture.fillStyle = '#b4b4b4';
    picture.fillRect(0, 0, width, height);
    picture.translate(width / 2, height / 2);
    picture.rotate(tilt);
    picture.fillStyle = '#fff';
    if (rows.length > 0) picture.fillRect(-side / 2, -side / 2, side, side);
    picture.fillStyle = '#000';
    const scale = side / (rows.length + 8);
    rows.forEach((row, y) => {
      [...row].forEach((square, x) => {
        const [left, top] = [(x + 4) * scale - side / 2, (y + 4) * scale - side / 2];
        if (square === '1') picture.fillRect(left, top, scale + 0.5, scale + 0.5);
      });
    });
  };
  draw([], 0);
  // As from a camera, pictures come all the time: also while one of them is being read.
  let speck = 0;
  setInterval(() => {
    speck = 1 - speck;
    picture.resetTransform();
    picture.fillStyle = speck === 0 ? '#b4b4b4' : '#b0b0b0';
    picture.fillRect(0, 0, 2, 2);
    track.requestFrame();
  }, 50);
  navigator.mediaDevices.getUserMedia = async () => new MediaStream([track.clone()]);

  let [takenAt, frameAt] = [0, 0];
  let read = { text: '', frameAt: 0, worker: 0 };
  const { requestVideoFrameCallback } = HTMLVideoElement.prototype;
  HTMLVideoElement.prototype.requestVideoFrameCallback = function (look) {
    return requestVideoFrameCallback.call(this, (now, frame) => {
      takenAt = performance.now();
      look(now, frame);
    });
  };
  globalThis.Worker = class extends Worker {
    constructor(...what: ConstructorParameters<typeof Worker>) {
      super(...what);
      this.addEventListener('message', ({ data: { text, took } }) => {
        // The first that read it: the ticket stays before the camera.
        if (text && text !== read.text) read = { text, frameAt, worker: took };
      });
    }
    override postMessage(message: unknown, transfer?: Transferable[] | StructuredSerializeOptions): void {
      frameAt = takenAt;
      super.postMessage(message, transfer as Transferable[]);
    }
  };

  globalThis.showTicket = (rows, name, tilt) =>
    new Promise((resolve) => {
      const seen = new MutationObserver(() => {
        if (document.querySelector('.verdict.go .name')?.textContent !== name) return;
        seen.disconnect();
        const { port1, port2 } = new MessageChannel();
        // The task after the next frame: what was drawn is on the screen by then.
        port1.onmessage = () => resolve({ whole: performance.now() - read.frameAt, worker: read.worker });
        requestAnimationFrame(() => port2.postMessage(null));
      });
      seen.observe(document.body, { subtree: true, childList: true, characterData: true });
      draw(rows, tilt);
    });
}

/** Before the script of the worker that reads: tells with each answer how long it worked, in milliseconds. */
export const TIMED_WORKER = `{
  const answer = globalThis.postMessage;
  let from = 0;
  addEventListener('message', () => { from = performance.now(); });
  globalThis.postMessage = (message) => answer({ ...message, took: performance.now() - from });
}
`;
