import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';

/** Where the product's code lies. */
export const PRODUCT = ['shared', 'functions', 'web', 'infra', 'local', 'events', 'cli'];

/** A file of code. */
export interface Source {
  /** From the project's folder. */
  readonly path: string;
  readonly text: string;
}

/** That one file names another one of the project. */
export interface Import {
  readonly from: string;
  readonly to: string;
  readonly typeOnly: boolean;
  /** Made at run time, by `import()` or as the address of a worker. */
  readonly late: boolean;
}

/** All code below some folders, by path; those that are not there have none. */
export function sourcesIn(folders: readonly string[], wanted = /\.(tsx?|mjs)$/): readonly Source[] {
  return folders
    .flatMap((folder) => filesIn(folder).map((name) => join(folder, name)))
    .filter((path) => wanted.test(path))
    .sort()
    .map((path) => ({ path, text: readFileSync(path, 'utf8') }));
}

function filesIn(folder: string): string[] {
  try {
    return readdirSync(folder, { recursive: true }) as string[];
  } catch {
    return [];
  }
}

const STATIC = /^(?:import|export)\s+(type\s)?(?:[^'";]*?\sfrom\s+)?'(\.{1,2}\/[^']+)'/gm;
const LATE = /(?:\bimport\(|new URL\()\s*'(\.{1,2}\/[^']+\.(?:tsx?|mjs))'/g;

export const importsOf = ({ path: from, text }: Source): readonly Import[] => {
  const target = (to = '') => normalize(join(dirname(from), to));
  return [
    ...[...text.matchAll(STATIC)].map(([, type, to]) => ({
      from,
      to: target(to),
      typeOnly: type !== undefined,
      late: false,
    })),
    ...[...text.matchAll(LATE)].map(([, to]) => ({ from, to: target(to), typeOnly: false, late: true })),
  ];
};

const PARTS = /^ *(?:export )?interface Parts \{\n([^}]*)\}/gm;
const NEEDS = /\bNeeds<([^>]*)>/g;

/** That one file names a part that another one defines: see `Parts`. */
export function needsOf(sources: readonly Source[]): readonly Import[] {
  const definedBy = new Map<string, string>();
  for (const { path, text } of sources) {
    const parts = [...text.matchAll(PARTS)].flatMap(([, body = '']) => [...body.matchAll(/^ +readonly (\w+):/gm)]);
    for (const [, name = ''] of parts) definedBy.set(name, path);
  }
  return sources.flatMap(({ path: from, text }) => {
    const names = [...text.matchAll(NEEDS)].flatMap(([, all = '']) => [...all.matchAll(/'(\w+)'/g)]);
    return names.map(([, name = '']) => ({ from, to: definedBy.get(name) ?? name, typeOnly: true, late: false }));
  });
}

const EXPORT =
  /^export\s+(?:declare\s+)?(?:abstract\s+)?(?:async\s+)?(?:const|let|function\*?|class|interface|type|enum)\s+([\w$]+)/gm;

/** Names that a file defines for others, each once: a type may share its name with a value. */
export const definedIn = ({ text }: Source): readonly string[] => [
  ...new Set([...text.matchAll(EXPORT)].map(([, name = '']) => name)),
];

/** Groups of files that import one another in a circle, of types too. What is fetched late makes none. */
export function circlesIn(imports: readonly Import[]): readonly (readonly string[])[] {
  const next = new Map<string, string[]>();
  for (const { from, to, late } of imports) if (!late) next.set(from, [...(next.get(from) ?? []), to]);
  const order = new Map<string, number>();
  const low = new Map<string, number>();
  const path: string[] = [];
  const circles: string[][] = [];
  const visit = (file: string): number => {
    const number = order.size;
    order.set(file, number);
    low.set(file, number);
    path.push(file);
    let lowest = number;
    for (const other of next.get(file) ?? []) {
      if (!order.has(other)) lowest = Math.min(lowest, visit(other));
      else if (path.includes(other)) lowest = Math.min(lowest, order.get(other) ?? number);
    }
    low.set(file, lowest);
    if (lowest === number) {
      const circle = path.splice(path.indexOf(file));
      if (circle.length > 1) circles.push(circle.sort());
    }
    return lowest;
  };
  for (const file of next.keys()) if (!order.has(file)) visit(file);
  return circles;
}
