import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { filed, goesWrongWay, isTable } from './capability.ts';
import { circlesIn, definedIn, type Import, importsOf, needsOf, PRODUCT, type Source, sourcesIn } from './source.ts';

/** Where lies what people read on pages, in mails and on phones. Of no size is it too much. */
const WORDS = 'shared/kernel/i18n';

/** What a file of few lines is that one other needs. */
const FEW_LINES = 45;
const MANY_LINES = 400;
const WIDE = 160;

export interface Sizes {
  readonly files: number;
  readonly lines: number;
  readonly filesPerThousandLines: number;
  readonly medianLines: number;
  readonly ninetiethLines: number;
  readonly oneImporter: number;
  readonly fewLinesOneImporter: number;
  readonly manyLines: number;
  readonly onlyReExports: number;
  readonly wideLines: number;
  readonly definedTwice: number;
  readonly circles: number;
  readonly unfiled: number;
  readonly wrongWay: number;
  /** Of all imports of files that lie in a capability, those that stay in it or go to the kernel: 0 to 1. */
  readonly atHome: number;
  readonly words: number;
  readonly tests: number;
  readonly bench: number;
}

export interface Found {
  readonly sizes: Sizes;
  readonly wrongWay: readonly Import[];
  readonly definedTwice: ReadonlyMap<string, readonly string[]>;
  readonly small: readonly string[];
}

/** Measures the tree as it is on disk. */
export function measureSizes(): Found {
  const product = sourcesIn(PRODUCT);
  const imports = product.flatMap(importsOf);
  const importers = new Map<string, Set<string>>();
  for (const { from, to } of imports) importers.set(to, (importers.get(to) ?? new Set()).add(from));
  const single = product.filter(({ path }) => importers.get(path)?.size === 1);
  const small = single.filter((each) => linesOf(each) <= FEW_LINES).map(({ path }) => path);
  const lengths = product.map(linesOf).sort((a, b) => a - b);
  const lines = sum(lengths);
  const definedTwice = twice(product);
  const placed = imports.flatMap((each) => {
    const [from, to] = [filed(each.from), filed(each.to)];
    return from && to ? [{ each, from, to }] : [];
  });
  const wrongWay = [...imports, ...needsOf(product)].filter(goesWrongWay);
  const atHome = placed.filter(({ from, to }) => from.capability === to.capability || to.capability === 'kernel');
  return {
    sizes: {
      files: product.length,
      lines,
      filesPerThousandLines: Math.round((product.length / lines) * 10_000) / 10,
      medianLines: at(lengths, 0.5),
      ninetiethLines: at(lengths, 0.9),
      oneImporter: single.length,
      fewLinesOneImporter: small.length,
      manyLines: lengths.filter((each) => each > MANY_LINES).length,
      onlyReExports: product.filter(isReExport).length,
      wideLines: sum(product.map(({ text }) => text.split('\n').filter(({ length }) => length > WIDE).length)),
      definedTwice: definedTwice.size,
      circles: circlesIn(imports).length,
      unfiled: product.filter(({ path }) => path.startsWith('shared/') && !isTable(path) && filed(path) === undefined)
        .length,
      wrongWay: wrongWay.length,
      atHome: placed.length === 0 ? 0 : Math.round((atHome.length / placed.length) * 100) / 100,
      words: sum(wordFiles().map(linesOf)),
      tests: sum(sourcesIn(['test']).map(linesOf)),
      bench: sum(sourcesIn(['bench']).map(linesOf)),
    },
    wrongWay,
    definedTwice,
    small,
  };
}

const wordFiles = (): readonly Source[] =>
  (readdirSync(WORDS, { recursive: true }) as string[])
    .filter((name) => name.endsWith('.json'))
    .map((name) => join(WORDS, name))
    .map((path) => ({ path, text: readFileSync(path, 'utf8') }));

const sum = (numbers: readonly number[]): number => numbers.reduce((total, each) => total + each, 0);
const at = (sorted: readonly number[], share: number): number => sorted[Math.floor(sorted.length * share)] ?? 0;
const linesOf = ({ text }: Source): number => text.split('\n').length - (text.endsWith('\n') ? 1 : 0);

function twice(product: readonly Source[]): ReadonlyMap<string, readonly string[]> {
  const places = new Map<string, string[]>();
  for (const each of product) {
    for (const name of definedIn(each)) places.set(name, [...(places.get(name) ?? []), each.path]);
  }
  return new Map([...places].filter(([, { length }]) => length > 1));
}

/** Nothing but names of other files, handed on. */
const isReExport = ({ text }: Source): boolean => {
  const rest = text.replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*|^export\s[^=;]*?\sfrom\s+'[^']+';/gm, '').trim();
  return rest === '' && /^export\s[^=;]*?\sfrom\s/m.test(text);
};
