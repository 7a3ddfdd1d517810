import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type CallExpression, type NewExpression, parseSync, Visitor } from 'oxc-parser';

export interface Pattern {
  /** `shared/kernel/text/text.ts:41` */
  readonly place: string;
  readonly source: string;
  readonly flags: string;
}

export interface Patterns {
  readonly literals: readonly Pattern[];
  /** Places where one is put together while the program runs: nobody can say beforehand what it will cost. */
  readonly made: readonly string[];
}

/** Every regular expression in the code of some folders. */
export function patternsIn(folders: readonly string[]): Patterns {
  const literals: Pattern[] = [];
  const made: string[] = [];
  for (const file of folders.flatMap(sourcesIn)) {
    const text = readFileSync(file, 'utf8');
    const placeOf = (start: number): string => `${file}:${text.slice(0, start).split('\n').length}`;
    const note = ({ callee, start }: NewExpression | CallExpression) => {
      if (callee.type === 'Identifier' && callee.name === 'RegExp') made.push(placeOf(start));
    };
    new Visitor({
      Literal(node) {
        if ('regex' in node)
          literals.push({ place: placeOf(node.start), source: node.regex.pattern, flags: node.regex.flags });
      },
      NewExpression: note,
      CallExpression: note,
    }).visit(parseSync(file, text).program);
  }
  return { literals, made };
}

/** Every file of code in a folder. */
export const sourcesIn = (folder: string): string[] =>
  (readdirSync(folder, { recursive: true }) as string[])
    .filter((name) => /\.tsx?$/.test(name))
    .map((name) => join(folder, name));
