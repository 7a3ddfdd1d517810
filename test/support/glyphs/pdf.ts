import { inflateSync } from 'node:zlib';

/** One of the numbered things that a PDF consists of: its dictionary as text, and what is behind it. */
interface PdfObject {
  readonly dictionary: string;
  /** Inflated; empty where there is none. */
  readonly stream: string;
}

/** What Chromium prints, or we write, read as far as tests look at it: plain objects, none of them packed into others. */
export class Pdf {
  readonly #objects = new Map<string, PdfObject>();

  /** @throws Error from zlib where a stream is spoiled */
  constructor(bytes: Buffer) {
    const text = bytes.toString('latin1');
    for (const { 1: id = '', index, 0: begin } of text.matchAll(/(?<=\n)(\d+) 0 obj\n/g)) {
      const from = index + begin.length;
      const end = text.indexOf('endobj', from);
      const stream = text.indexOf('stream\n', from);
      const isStream = stream !== -1 && stream < end;
      const dictionary = text.slice(from, isStream ? stream : end);
      this.#objects.set(id, { dictionary, stream: isStream ? inflated(bytes, stream + 7, dictionary) : '' });
    }
  }

  /** @throws Error where there is none of that number */
  object(id: string): PdfObject {
    const found = this.#objects.get(id);
    if (found === undefined) throw new Error(`the PDF has no object ${id}`);
    return found;
  }

  /** Pages in the order in which they are printed. */
  pages(): readonly PdfObject[] {
    const root = [...this.#objects.values()].find(({ dictionary }) => /\/Type \/Catalog\b/.test(dictionary));
    return this.#below(referred(root?.dictionary ?? '', 'Pages')[0] ?? '');
  }

  #below(id: string): readonly PdfObject[] {
    const node = this.object(id);
    if (!node.dictionary.includes('/Kids')) return [node];
    return referred(node.dictionary, 'Kids').flatMap((kid) => this.#below(kid));
  }
}

/** Numbers of the objects that a dictionary refers to under a name, one or several in brackets. */
export function referred(dictionary: string, name: string): readonly string[] {
  const found = new RegExp(`/${name} (\\[[^\\]]*\\]|\\d+ 0 R)`).exec(dictionary)?.[1] ?? '';
  return [...found.matchAll(/(\d+) 0 R/g)].map(([, id = '']) => id);
}

function inflated(bytes: Buffer, from: number, dictionary: string): string {
  const length = Number(/\/Length (\d+)/.exec(dictionary)?.[1]);
  const raw = bytes.subarray(from, from + length);
  return (dictionary.includes('/FlateDecode') ? inflateSync(raw) : raw).toString('latin1');
}
