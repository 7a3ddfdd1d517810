/** How something is added to the product, in stages at which what is left out is named by the compiler. */
export interface Addition {
  /** `a mail kind` */
  readonly what: string;
  /** What of the tree is compiled, as in tsconfig's `include`: what the addition may concern. */
  readonly include: readonly string[];
  readonly stages: readonly Stage[];
}

export interface Stage {
  readonly adds: readonly Edit[];
  /** What is still left out then, all of which the compiler says: nothing after the last stage. */
  readonly lacks: readonly Omission[];
}

/** Of one file: what takes the place of its text, which is empty where it is new. */
export interface Edit {
  readonly file: string;
  readonly to: (text: string) => string;
}

export interface Omission {
  readonly what: string;
  readonly file: string;
  readonly says: RegExp;
}

/** What the compiler says of a file. */
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

/** Words are counted apart: they are added in any case. */
const isWords = (file: string): boolean => /\/i18n\/|\/words\//.test(file);

export const handWritten = ({ stages }: Addition): readonly string[] => [
  ...new Set(stages.flatMap(({ adds }) => adds.map(({ file }) => file)).filter((file) => !isWords(file))),
];
