import { type Checked, type FieldIssue, refuse } from '../../kernel/text/field-problem.ts';
import { cleanText } from '../../kernel/text/text.ts';
import type { Handover, Statement } from '../consent/guardian.schema.ts';

/** Where it is kept. */
interface Leaving {
  readonly handover?: Handover | undefined;
}

/** What was noted, and waits for a second person. */
export function waitingHandover({ handover }: Leaving): (Handover & { readonly notedBy: string }) | undefined {
  const { notedBy, confirmedBy } = handover ?? {};
  return handover && notedBy !== undefined && confirmedBy === undefined ? { ...handover, notedBy } : undefined;
}

/** What counts of how a minor leaves: nobody is let go by anything else. */
export const handoverInForce = ({ handover }: Leaving): Statement | undefined =>
  waitingHandover({ handover }) ? handover?.former : handover;

/** As it was typed. */
export interface HandoverSent {
  /** Nothing where it was not answered. */
  readonly alone?: boolean | undefined;
  readonly adults: readonly string[];
  readonly never: string;
}

/** Adults whom a guardian may name. */
export const MOST_ADULTS = 3;

/** Grapheme clusters. */
const LONGEST_NAME = 100;

/** Wrong codes that lock the code of one minor: a million codes, and the person who fetches the minor stands before staff. */
const MOST_WRONG_CODES = 5;

/** How many wrong codes may still be tried; none where the code is locked. */
export const triesLeft = ({ handoverTries = 0 }: { readonly handoverTries?: number | undefined }): number =>
  Math.max(0, MOST_WRONG_CODES - handoverTries);

/** @returns what is to be stored, or every field that has to change */
export function checkHandover(
  { alone, adults, never }: HandoverSent,
  now: Date,
): Statement | { readonly issues: readonly FieldIssue[] } {
  const issues: FieldIssue[] = alone === undefined ? [{ path: 'handover.alone', code: 'required' }] : [];
  const nameAt = (path: string, typed: string): string => {
    const checked = cleanText(typed, { max: LONGEST_NAME, letters: true });
    if ('value' in checked) return checked.value;
    issues.push({ path, ...checked.issue });
    return '';
  };
  const named = adults.map((typed, index) => nameAt(adultPath(index), typed)).filter((name) => name !== '');
  const unwanted = nameAt('handover.never', never);
  if (named.some((name) => name.toLowerCase() === unwanted.toLowerCase()))
    issues.push({ path: 'handover.never', code: 'named-above' });
  if (issues.length > 0 || alone === undefined) return { issues };
  return { alone, adults: named, ...(unwanted !== '' && { never: unwanted }), saidAt: now.toISOString() };
}

export const adultPath = (index: number): string => `handover.adult${index + 1}`;

/** Grapheme clusters. */
const LONGEST_CALL = 160;

/** Judges what the guardian said when a vetted person called them, for which a locked code opens again. */
export function checkCall(typed: string): Checked<string> {
  const said = cleanText(typed, { max: LONGEST_CALL });
  return 'value' in said && said.value === '' ? refuse('required') : said;
}
