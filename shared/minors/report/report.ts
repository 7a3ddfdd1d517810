import type { Checked, FieldIssue } from '../../kernel/text/field-problem.ts';
import { cleanText } from '../../kernel/text/text.ts';
import type { Report, ReportState } from './reports.schema.ts';

/** Hours after which a report that nobody opened is told to the secretariat: that there is one, and no more. */
export const UNOPENED_HOURS = 4;

/**
 * The sentences of a report, so that those alike have the same: their order, capitals, spaces and punctuation make no difference. One
 * that says anything else is alike to none. Numbers, and Latin words with digits in them, make none either where they cost nothing: a
 * program that sends a thousand counts them. Scripts without spaces have no such words: of a sentence of theirs the digits alone go.
 */
export function sentencesOf({ what, proven }: Pick<Report, 'what' | 'proven'>): string {
  const sentences = what.normalize('NFKC').toLowerCase().split(SENTENCE_END).map(wordsOf);
  const masked = proven ? sentences : sentences.map((each) => each.split(' ').map(masking).join(' '));
  const says = masked.some((each) => /\p{L}/u.test(each)) ? masked : sentences;
  return JSON.stringify([...new Set(says.filter((each) => each !== ''))].sort());
}

/** Of Latin, Khmer, Burmese, Thai and Chinese writing too. */
const SENTENCE_END = /[.!?…\n\u17D4\u17D5\u104A\u104B\u0E2F\u3002\uFF01\uFF1F]+/u;
const DIGITS = /\p{N}+/gu;
const LATIN = /^[\p{Script=Latin}\p{N}]+$/u;

const masking = (word: string): string => (LATIN.test(word) && /\p{N}/u.test(word) ? '#' : word.replace(DIGITS, '#'));

const wordsOf = (sentence: string): string => sentence.replace(/[^\p{L}\p{M}\p{N}]+/gu, ' ').trim();

export const stateOf = ({ steps }: Pick<Report, 'steps'>): ReportState => steps.at(-1)?.state ?? 'new';

/** Grapheme clusters. */
const LONGEST = { what: 5000, contact: 300, note: 1000 };

export type ReportResult = Pick<Report, 'what' | 'contact'> | { readonly issues: readonly FieldIssue[] };

/** What a reader writes about a report that they looked at; empty where they write nothing. */
export const checkNote = (typed: string): Checked<string> => cleanText(typed, { max: LONGEST.note, lines: true });

/** What no other text may have in it: half a character, what a broken encoding left, a pile of marks. */
const ILLEGIBLE = /[\p{Surrogate}\uFFFD]|(?<=\p{M}{11})\p{M}+/gu;

/** No report is refused for what went wrong with a letter of it (CS23). */
const legible = (typed: string): string => typed.replace(ILLEGIBLE, '?');

export function checkReport(sent: { readonly what: string; readonly contact: string }): ReportResult {
  const what = cleanText(legible(sent.what), { max: LONGEST.what, lines: true });
  const contact = cleanText(legible(sent.contact), { max: LONGEST.contact, lines: true });
  const issues: FieldIssue[] = [
    ...('issue' in what ? [{ path: 'what', ...what.issue }] : []),
    ...('value' in what && what.value === '' ? [{ path: 'what', code: 'required' } as const] : []),
    ...('issue' in contact ? [{ path: 'contact', ...contact.issue }] : []),
  ];
  if (issues.length > 0 || 'issue' in what || 'issue' in contact) return { issues };
  return { what: what.value, ...(contact.value !== '' && { contact: contact.value }) };
}
