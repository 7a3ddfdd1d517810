import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Picture } from './qr-picture.ts';

/** What a browser's camera is to see, over and over. */
export interface FakeCamera {
  /** For the browser that is to see it. */
  readonly flags: readonly string[];
  readonly remove: () => void;
}

const FRAMES_A_SECOND = 5;

/**
 * A film in YUV4MPEG2, which needs no encoder: each frame is its grey levels, and colours at rest.
 *
 * @param scenes each with how long it lasts, in seconds; all of one size
 */
export function fakeCamera(scenes: readonly (readonly [Picture, number])[]): FakeCamera {
  const folder = mkdtempSync(join(tmpdir(), 'plenary-camera-'));
  const file = join(folder, 'film.y4m');
  const [[first] = []] = scenes;
  if (first === undefined) throw new Error('a film needs a scene');
  const header = `YUV4MPEG2 W${first.width} H${first.height} F${FRAMES_A_SECOND}:1 Ip A1:1 C420jpeg\n`;
  const colours = Buffer.alloc((first.width * first.height) / 2, 128);
  const frames = scenes.flatMap(([{ grey }, seconds]) =>
    Array.from({ length: seconds * FRAMES_A_SECOND }, () => [Buffer.from('FRAME\n'), grey, colours]).flat(),
  );
  writeFileSync(file, Buffer.concat([Buffer.from(header), ...frames]));
  return {
    flags: [
      '--use-fake-device-for-media-stream',
      '--use-fake-ui-for-media-stream',
      `--use-file-for-fake-video-capture=${file}`,
    ],
    remove: () => rmSync(folder, { recursive: true }),
  };
}
