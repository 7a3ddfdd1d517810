/** How something is added to the product, in stages at which what is left out is named by the compiler, or by a test. */
export interface Addition {
  /** `a mail kind` */
  readonly what: string;
  readonly stages: readonly Stage[];
  /** What a script makes of it in the end. */
  readonly makes?: Made;
}

/** A file that a script writes, and what a test says until it has. */
export interface Made {
  readonly file: string;
  readonly by: string;
  readonly lacks: Omission;
}

export interface Stage {
  readonly adds: readonly Edit[];
  /** What is still left out then, all of which is said: nothing after the last stage. */
  readonly lacks: readonly Omission[];
}

/** Of one file: what takes the place of its text, which is empty where it is new. */
export interface Edit {
  readonly file: string;
  /** One line of a table of one side, with its import: no file that is written for the addition. */
  readonly isRow?: true;
  readonly to: (text: string) => string;
}

export interface Omission {
  readonly what: string;
  /** Where the compiler says so; or a file of unit tests, where no type can know it. */
  readonly file: string;
  readonly says: RegExp;
}

/** What the compiler, or a test, says of a file. */
export interface Finding {
  readonly file: string;
  readonly says: string;
}

export const whole = (file: string, text: string): Edit => ({ file, to: () => text });

/** @throws where the place is not found: the file is not what the addition takes it for */
export const after = (file: string, place: string, added: string): Edit => ({
  file,
  to(text) {
    const at = text.indexOf(place);
    if (at < 0) throw new Error(`${file} has no ${JSON.stringify(place)}`);
    const end = at + place.length;
    return `${text.slice(0, end)}${added}${text.slice(end)}`;
  },
});

/** @param place what the line comes after, with the first of it that are like it: the beginning of a table */
export function row(file: string, place: string, line: string, imports = ''): Edit {
  if (`${line}${imports}`.includes('\n')) throw new Error(`more than a line: ${line}`);
  const { to } = after(file, place, `\n${line}`);
  return { file, isRow: true, to: (text) => (imports === '' ? '' : `${imports}\n`) + to(text) };
}

/** The contract as a document, which lacks what is `named` until it is made. */
export const openapi = (named: RegExp): Made => ({
  file: 'docs/openapi.json',
  by: 'infra/openapi.ts',
  lacks: { what: 'what `npm run openapi` writes', file: 'test/unit/openapi.test.ts', says: named },
});

export const isTest = (file: string): boolean => /^test\/.*\.test\.ts$/.test(file);

/** Words and generated files are counted apart: they are added, or made, in any case. */
const isApart = (file: string): boolean => /\/i18n\/|\/words\/|^docs\/|^test\//.test(file);

export const handWritten = ({ stages }: Addition): readonly string[] => [
  ...new Set(
    stages
      .flatMap(({ adds }) => adds)
      .filter(({ file, isRow }) => isRow === undefined && !isApart(file))
      .map(({ file }) => file),
  ),
];

/** Files with one row and nothing else. */
export const rowsOf = (addition: Addition): readonly string[] => {
  const written = handWritten(addition);
  const rows = addition.stages.flatMap(({ adds }) => adds.filter(({ isRow }) => isRow).map(({ file }) => file));
  return [...new Set(rows)].filter((file) => !written.includes(file));
};
