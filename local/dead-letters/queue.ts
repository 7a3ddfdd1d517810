import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { writeAtomically } from '../atomic-file.ts';

export interface Letter {
  readonly id: string;
  readonly body: string;
}

export type LetterQueue = Awaited<ReturnType<typeof openLetterQueue>>;

/** Letters in a file, one JSON object a line; a letter that was received is hidden for a while. */
export async function openLetterQueue(file: string) {
  let letters = await read(file);
  const hiddenUntil = new Map<string, number>();
  let writing: Promise<void> = Promise.resolve();
  const write = (): Promise<void> => {
    const lines = letters.map((letter) => `${JSON.stringify(letter)}\n`).join('');
    writing = writing.then(() => writeAtomically(file, lines));
    return writing;
  };
  const isHidden = ({ id }: Letter, now: number): boolean => (hiddenUntil.get(id) ?? 0) > now;
  return {
    /** It is on disk once this resolves. */
    add(body: string): Promise<void> {
      letters = [...letters, { id: randomUUID(), body }];
      return write();
    },
    /** @param seconds for which nobody else gets them */
    receive(most: number, seconds: number): readonly Letter[] {
      const now = Date.now();
      const received = letters.filter((letter) => !isHidden(letter, now)).slice(0, most);
      for (const { id } of received) hiddenUntil.set(id, now + seconds * 1000);
      return received;
    },
    hide(id: string, seconds: number): void {
      hiddenUntil.set(id, Date.now() + seconds * 1000);
    },
    delete(id: string): Promise<void> {
      letters = letters.filter((letter) => letter.id !== id);
      hiddenUntil.delete(id);
      return write();
    },
    count(): { readonly visible: number; readonly hidden: number } {
      const now = Date.now();
      const hidden = letters.filter((letter) => isHidden(letter, now)).length;
      return { visible: letters.length - hidden, hidden };
    },
  };
}

async function read(file: string): Promise<readonly Letter[]> {
  const content = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '';
    throw error;
  });
  const lines = content.split('\n').filter((line) => line !== '');
  return lines.map((line) => JSON.parse(line)).filter(({ id, body }) => id !== undefined && body !== undefined);
}
