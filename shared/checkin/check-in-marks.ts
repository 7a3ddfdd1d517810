import type { Doubt } from './review/decision.ts';
import type { ScanMark } from './scan/scan.ts';

/** Marks of one ticket on one list, and the doubts about some of them by the ids of their scans. */
export interface Marks {
  readonly marks: readonly ScanMark[];
  readonly doubts: Readonly<Record<string, Doubt>>;
}

const KINDS = { in: 'i', out: 'o', undo: 'u' } as const;
/** A letter once given to a doubt is given to no other. */
const DOUBTS = {
  'not-confirmed': 'A',
  'not-yet': 'B',
  over: 'C',
  'other-mode': 'D',
  'other-day': 'E',
  'other-category': 'F',
  'not-signed-up': 'G',
  'closed-session': 'H',
  hold: 'I',
  'unknown-ticket': 'J',
  'over-quota': 'K',
  'left-unasked': 'L',
} as const satisfies Record<Doubt, string>;

const SCAN_ID_LENGTH = 22;
const MARK = /^([iou])([A-Z]?)([a-z0-9]+) ([\w-]{22})(\S+)(?: (\S+))?$/;

/**
 * One short text for each, so that all that a ticket may have on a list fit into 2 KB, which a scan has to write anew each time:
 * `iJmbx8e5c0 scanDEVICE` is that an attendee came in, a doubt, a time in base 36, a scan and its device; what an undo takes back is the
 * number of another one where that is here.
 */
export function marksToTexts({ marks, doubts }: Marks): readonly string[] {
  const places = new Map(marks.map(({ scanId }, place) => [scanId, place.toString(36)]));
  return marks.map(({ kind, correctedAt, scanId, device, undoes }) => {
    const doubt = doubts[scanId];
    const head = `${KINDS[kind]}${doubt === undefined ? '' : DOUBTS[doubt]}${correctedAt.toString(36)}`;
    return `${head} ${scanId}${device}${undoes === undefined ? '' : ` ${places.get(undoes) ?? undoes}`}`;
  });
}

/** @throws Error for what `marksToTexts` did not write */
export function marksFromTexts(texts: readonly string[]): Marks {
  const read = texts.map(parsed);
  const whole = (undoes: string): string =>
    undoes.length === SCAN_ID_LENGTH ? undoes : (read[Number.parseInt(undoes, 36)]?.mark.scanId ?? '');
  return {
    marks: read.map(({ mark, undoes }) => (undoes === undefined ? mark : { ...mark, undoes: whole(undoes) })),
    doubts: Object.fromEntries(read.flatMap(({ mark, doubt }) => (doubt === undefined ? [] : [[mark.scanId, doubt]]))),
  };
}

function parsed(text: string) {
  const [, letter, doubtLetter, time = '', scanId, device, undoes] = MARK.exec(text) ?? [];
  const kind = keyOf(KINDS, letter);
  if (kind === undefined || scanId === undefined || device === undefined) throw new Error('not a mark of a scan');
  const mark: ScanMark = { scanId, device, kind, correctedAt: Number.parseInt(time, 36) };
  return { mark, undoes, doubt: keyOf(DOUBTS, doubtLetter) };
}

const keyOf = <Key extends string>(letters: Readonly<Record<Key, string>>, letter: string | undefined) =>
  (Object.keys(letters) as Key[]).find((key) => letters[key] === letter);

/** `i mbx8e5c0 scan device`, with the time in base 36: short, for all of a ticket's are in one item. */
export const markToText = ({ kind, correctedAt, scanId, device, undoes }: ScanMark): string =>
  [KINDS[kind], correctedAt.toString(36), scanId, device, ...(undoes === undefined ? [] : [undoes])].join(' ');

export function markFromText(text: string): ScanMark {
  const [letter, time = '', scanId, device, undoes] = text.split(' ');
  const kind = keyOf(KINDS, letter);
  if (kind === undefined || scanId === undefined || device === undefined) throw new Error('not a mark of a scan');
  return { scanId, device, kind, correctedAt: Number.parseInt(time, 36), ...(undoes !== undefined && { undoes }) };
}
