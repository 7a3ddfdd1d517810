import type { ConsoleKey } from '../../../shared/kernel/i18n/words.ts';
import type { AuditAction } from '../../../shared/team/audit/audit.ts';
import type { AnswerOf } from '../kernel/api.ts';
import { dayName } from '../names.ts';
import { t, wordFor } from '../words.ts';

export type EntriesPage = AnswerOf<'GET /api/organiser/events/{eventId}/audit'>;
export type AuditLine = EntriesPage['entries'][number];

/** Of any action, so that the compiler names the one that lacks a sentence. */
const sentenceOf = (action: AuditAction) => `audit.did.${action}` satisfies ConsoleKey;

/** What was done, as a sentence; of an action that is newer than this page its group. */
export function deedText({ action, kind }: Pick<AuditLine, 'action' | 'kind'>, who: string): string {
  const said = t(sentenceOf(action), { who });
  return said === sentenceOf(action) ? t('audit.other', { who, what: wordFor('audit.kind', kind) ?? action }) : said;
}

/** What else an entry says: whom it named, which roles it gave and until when, how many people it showed, and why. */
export function detailsOf(entry: AuditLine): string[] {
  const { label, sets = [], people, vettedUntil, why } = entry;
  const said = [
    label,
    ...sets.map((set) => t(`organiserRole.${set}`)),
    people !== undefined && t('audit.people', { count: people }),
    vettedUntil && t('audit.until', { day: dayName(vettedUntil) }),
    why && t('audit.because', { why }),
  ];
  return said.flatMap((each) => each || []);
}
