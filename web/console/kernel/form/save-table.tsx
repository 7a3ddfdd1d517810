import { useEffect, useRef, useState } from 'preact/hooks';
import { localeFor } from '../../../../shared/kernel/i18n/languages.ts';
import { CROCKFORD } from '../../../../shared/kernel/text/crockford.ts';
import { useAct, useDesk } from '../../desk.ts';
import { LANGUAGE, t } from '../../words.ts';
import { isProblem } from '../api.ts';
import { Button } from '../parts/buttons.tsx';
import { FailureNote } from '../parts/page.tsx';
import { SelectField } from './field.tsx';

interface SaveTableProps {
  /** Of the button. */
  readonly label: string;
  /** Of the file. */
  readonly name: string;
  /** A part of it, where all are too many for one answer. @param left says that nobody waits for it any more */
  readonly load: (part: string | undefined, left: AbortSignal) => Promise<Blob>;
  /** What is said once it is on its way. */
  readonly saved: string;
}

/** Saves a table as a file. */
export function SaveTable({ label, name, load, saved }: SaveTableProps) {
  const { tell } = useDesk();
  const { busy, error, run } = useAct();
  const leaving = useRef(new AbortController());
  useEffect(() => () => leaving.current.abort(), []);
  const save = async (): Promise<void> => {
    const { signal } = leaving.current;
    const files = await wholeOrParts(signal, (part) => load(part, signal));
    saveFile(name, await oneTable(files));
    tell(saved);
  };
  return (
    <div>
      <Button kind="second" busy={busy} onPress={() => run(save)}>
        {label}
      </Button>
      <FailureNote error={error} />
    </div>
  );
}

/** Hands something to the browser as a file. */
export function saveFile(name: string, content: Blob): void {
  const address = URL.createObjectURL(content);
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  URL.revokeObjectURL(address);
}

/**
 * What a route answers of everyone; where these are too many for one answer, of each part of them.
 *
 * @param left says that nobody waits for it any more: each part is noted as a look at people, and is asked for no longer then
 */
export async function wholeOrParts<Answer>(
  left: AbortSignal,
  ask: (part?: string) => Promise<Answer>,
): Promise<readonly Answer[]> {
  try {
    return [await ask()];
  } catch (error) {
    if (!isProblem(error, 'export-too-large')) throw error;
  }
  const answers: Answer[] = [];
  for (const part of CROCKFORD) {
    left.throwIfAborted();
    answers.push(await ask(part));
  }
  return answers;
}

/** The people of all answers, by name: parts are in no order of names. */
export function peopleByName<Person extends { readonly fullName: string }>(
  answers: readonly { readonly people: readonly Person[] }[],
): readonly Person[] {
  const people = answers.flatMap((each) => each.people);
  const { compare } = new Intl.Collator(localeFor(LANGUAGE));
  return answers.length > 1 ? people.sort((a, b) => compare(a.fullName, b.fullName)) : people;
}

const LINE_END = '\r\n';

/** Tables of the same columns, one below another under one head. */
async function oneTable(files: readonly Blob[]): Promise<Blob> {
  const [first, ...others] = files;
  if (first !== undefined && others.length === 0) return first;
  const texts = await Promise.all(others.map((file) => file.text()));
  return new Blob([...(first ? [first] : []), ...texts.map(withoutHead)], { type: 'text/csv;charset=utf-8' });
}

const withoutHead = (table: string): string => table.slice(table.indexOf(LINE_END) + LINE_END.length);

/** Rows that a browser draws, and prints, in a second or two. */
const MOST_DRAWN = 2_000;

/** What of a long table is drawn: piece by piece, of which one is chosen. */
export function usePiece<Row>(rows: readonly Row[]) {
  const [chosen, setChosen] = useState(0);
  const from = chosen < rows.length ? chosen : 0;
  const pieces = Array.from({ length: Math.ceil(rows.length / MOST_DRAWN) }, (_, nth) => nth * MOST_DRAWN);
  const rangeOf = (begin: number) => ({ from: begin + 1, to: Math.min(begin + MOST_DRAWN, rows.length) });
  return {
    from,
    rows: rows.slice(from, from + MOST_DRAWN),
    field: pieces.length > 1 && (
      <SelectField
        {...{ name: 'piece', label: t('table.piece'), value: String(from) }}
        choices={pieces.map((begin) => [String(begin), t('table.pieceOf', rangeOf(begin))] as const)}
        onChange={(begin) => setChosen(Number(begin))}
      />
    ),
  };
}
