import type { Mark } from '../scan/scan.ts';

const LETTERS = { in: 'i', out: 'o', undo: 'u' } as const;
const KINDS = { i: 'in', o: 'out', u: 'undo' } as const;

/** `i mbx8e5c0 scan device`, with the time in base 36: short, for all of a ticket's are in one item. */
export const markToText = ({ kind, correctedAt, scanId, device, undoes }: Mark): string =>
  [LETTERS[kind], correctedAt.toString(36), scanId, device, ...(undoes === undefined ? [] : [undoes])].join(' ');

export function markFromText(text: string): Mark {
  const [letter, time = '', scanId, device, undoes] = text.split(' ');
  const kind = KINDS[letter as keyof typeof KINDS];
  if (kind === undefined || scanId === undefined || device === undefined) throw new Error('not a mark of a scan');
  return { scanId, device, kind, correctedAt: Number.parseInt(time, 36), ...(undoes !== undefined && { undoes }) };
}
