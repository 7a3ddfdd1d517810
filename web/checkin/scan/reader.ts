import type { Pixels } from './read-code.ts';
import type { Answered, Asked } from './reader-worker.ts';

/** Reads codes beside the page, so that it never stands still. */
export interface Reader {
  /** @throws Error where this browser cannot read codes at all */
  readonly read: (picture: Pixels | VideoFrame) => Promise<string | undefined>;
}

interface Waiting {
  readonly resolve: (text: string | undefined) => void;
  readonly reject: (error: Error) => void;
}

export function startReader(): Reader {
  const worker = new Worker(new URL('./reader-worker.ts', import.meta.url), { type: 'module' });
  const waiting = new Map<number, Waiting>();
  let broken: Error | undefined;
  let last = 0;

  worker.addEventListener('message', ({ data }: MessageEvent<Answered>) => {
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
        const asked = (given: Asked['picture']): Asked => ({ id: last, picture: given });
        if (!('data' in picture)) return worker.postMessage(asked(picture), [picture]);
        const { data, width, height } = picture;
        worker.postMessage(asked({ data, width, height }), [data.buffer]);
      }),
  };
}
