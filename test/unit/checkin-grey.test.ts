import { beforeAll, describe, expect, it } from 'vitest';
import { greyOf, halfOf, hasGrey, wholeOf } from '../../web/checkin/scan/grey.ts';
import { readCode } from '../../web/checkin/scan/read-code.ts';
import { heldUp, type Picture } from '../support/qr-picture.ts';
import { prepareQrReader } from '../support/qr-reader.ts';

const CODE = `PLN1:${'0123456789ABCDEFGHJKMNPQRSTVWXYZ'.repeat(5)}`;

beforeAll(async () => {
  await prepareQrReader();
});

/** A frame as browsers hand it over: rows with something at their ends, and the planes of colours behind. */
function frameOf({ width, height, grey }: Picture, format: string): VideoFrame {
  const bytes = format.startsWith('I') || format === 'NV12' ? 1 : 4;
  const padding = 24;
  return {
    format,
    visibleRect: { x: 0, y: 0, width, height },
    allocationSize: ({ rect }: { rect: DOMRectInit }) => ((rect.width ?? 0) * bytes + padding) * (rect.height ?? 0) * 2,
    async copyTo(
      to: Uint8Array,
      { rect: { x = 0, y = 0, width: across = 0, height: down = 0 } }: { rect: DOMRectInit },
    ) {
      if ([x, y, across, down].some((each) => each % 2 !== 0)) throw new TypeError('rect is not sample-aligned');
      const stride = across * bytes + padding;
      to.fill(77);
      for (let row = 0; row < down; row += 1) {
        for (let at = 0; at < across * bytes; at += 1) {
          to[row * stride + at] = grey[(y + row) * width + x + Math.floor(at / bytes)] ?? 0;
        }
      }
      return [{ offset: 0, stride }];
    },
  } as unknown as VideoFrame;
}

describe('a frame as the camera gives it', () => {
  it.each(['I420', 'NV12', 'RGBA', 'BGRX'])('%s: is read at half its size, and whole', async (format) => {
    const frame = frameOf(heldUp(CODE, { width: 1280, height: 720, side: 500 }), format);
    expect(hasGrey(frame)).toBe(true);
    const grey = await greyOf(frame);
    expect(grey.side).toBe(720);
    expect(halfOf(grey)).toMatchObject({ width: 360, height: 360 });
    expect(await readCode(halfOf(grey), true)).toBe(CODE);
    expect(await readCode(wholeOf(grey))).toBe(CODE);
  });

  it('is read whole where a code is too small for the first look, also of an odd size', async () => {
    const frame = frameOf(heldUp(CODE, { width: 1279, height: 719, side: 190 }), 'I420');
    const grey = await greyOf(frame);
    expect(grey.side).toBe(718);
    expect(await readCode(halfOf(grey), true)).toBeUndefined();
    expect(await readCode(wholeOf(grey))).toBe(CODE);
  });

  it('is drawn instead where its pixels are hidden, or not of eight bits', () => {
    expect([null, 'I420P10'].map((format) => hasGrey({ format } as VideoFrame))).toEqual([false, false]);
  });

  it('tells at first sight only of a code over the middle: another may be nearer to it', async () => {
    const { width, height, grey } = heldUp(CODE, { width: 720, height: 720, side: 340 });
    const aside = new Uint8Array(grey.length).fill(180);
    for (let row = 0; row < height - 180; row += 1) {
      aside.set(grey.subarray((row + 180) * width + 180, (row + 181) * width), row * width);
    }
    const frame = await greyOf(frameOf({ width, height, grey: aside }, 'I420'));
    expect(await readCode(wholeOf(frame), true)).toBeUndefined();
    expect(await readCode(wholeOf(frame))).toBe(CODE);
  });
});
