import { useEffect, useRef, useState } from 'preact/hooks';
import { localeFor } from '../../../../shared/kernel/i18n/languages.ts';
import { WORKBOOK } from '../../../../shared/kernel/route.ts';
import { CROCKFORD } from '../../../../shared/kernel/text/crockford.ts';
import { rowsOfCsv } from '../../../../shared/kernel/text/csv.ts';
import type { Cell } from '../../../../shared/kernel/text/workbook.ts';
import { localDate } from '../../../../shared/kernel/text/zoned-time.ts';
import { useAct, useDesk } from '../../desk.ts';
import { LANGUAGE, t } from '../../words.ts';
import { isProblem } from '../api.ts';
import { Button } from '../parts/buttons.tsx';
import { FailureNote } from '../parts/page.tsx';
import { SelectField } from './field.tsx';

interface SaveTableProps {
  /** Of the button. */
  readonly label: string;
  /** What the file is of, beside the event. */
  readonly about: readonly string[];
  /** A part of it, where all are too many for one answer. @param left says that nobody waits for it any more */
  readonly load: (part: string | undefined, left: AbortSignal) => Promise<Blob>;
  readonly inWords: CellWords;
  /** What is said once it is on its way. */
  readonly saved: string;
}

/** What people read in a cell of a file that the API makes for programs. @param column its name; none of the cell that names one */
export type CellWords = (cell: string, column: string | undefined) => Cell | undefined;

/** Saves a table as a file. */
export function SaveTable({ label, about, load, inWords, saved }: SaveTableProps) {
  const { tell } = useDesk();
  const saveRows = useSaveRows();
  const { busy, error, run } = useAct();
  const leaving = useRef(new AbortController());
  useEffect(() => () => leaving.current.abort(), []);
  const save = async (): Promise<void> => {
    const { signal } = leaving.current;
    const files = await wholeOrParts(signal, (part) => load(part, signal));
    await saveRows(about, await oneTable(files, inWords));
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

/** Hands rows to the browser as a file, whose name says of which event it is and of which day there. */
export function useSaveRows() {
  const { event, now } = useDesk();
  return async (about: readonly string[], rows: readonly (readonly Cell[])[]): Promise<void> => {
    const { workbook } = await import('../../../../shared/kernel/text/workbook.ts');
    const address = URL.createObjectURL(new Blob([workbook(rows)], { type: WORKBOOK }));
    const link = document.createElement('a');
    link.href = address;
    link.download = `${[event.id, ...about, localDate(new Date(now()), event.timeZone)].filter(Boolean).join('-')}.xlsx`;
    link.click();
    URL.revokeObjectURL(address);
  };
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

/** Tables of the same columns, one below another under one head. */
export async function oneTable(
  files: readonly Blob[],
  inWords: CellWords = () => undefined,
): Promise<readonly (readonly Cell[])[]> {
  const tables = await Promise.all(files.map(async (file) => rowsOfCsv(await file.text())));
  const [[head] = []] = tables;
  if (head === undefined || tables.includes(undefined)) throw new Error('no table was answered');
  return [
    head.map((cell) => inWords(cell, undefined) ?? cell),
    ...tables.flatMap((rows = []) =>
      rows.slice(1).map((cells) => cells.map((cell, at) => (cell === '' ? cell : (inWords(cell, head[at]) ?? cell)))),
    ),
  ];
}

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
