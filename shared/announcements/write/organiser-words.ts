import { partName } from '../../checkin/attendance/arrivals.ts';
import { LIVE_STATUSES } from '../../event/attendee.ts';
import type { EventDefinition } from '../../event/event.ts';
import { contact } from '../../event/mail-blocks.ts';
import { openSessions } from '../../event/sessions.ts';
import { InvalidInputError } from '../../kernel/errors.ts';
import type { MailTranslate } from '../../kernel/i18n/words.ts';
import type { FieldIssue } from '../../kernel/text/field-problem.ts';
import { makeReference } from '../../kernel/text/reference.ts';
import { cleanText, type TextRule } from '../../kernel/text/text.ts';
import { type Content, paragraph } from '../../mail/letter/content.ts';
import { eventLinks } from '../../mail/letter/event-links.ts';
import { calledInSubject, fittingSubject } from '../../mail/letter/letter.ts';
import type { AnnouncementWords } from '../../mail/outbox/message.schema.ts';
import { ownPageButton } from '../../registration/mail-blocks.ts';
import { holdsAny } from '../../team/role/organiser-role.ts';
import type { AnnouncedData } from '../announced-data.ts';
import type { Announcement, Segment } from '../announcement.schema.ts';

/** What an organiser wrote, in the reader's language, or in the event's first where they did not write in that one. */
export function organiserWords(
  data: AnnouncedData,
  t: MailTranslate,
): Content & { readonly subject: string; readonly title: string } {
  const { announcement, event, registration } = data;
  const { words = {} } = announcement;
  const [first = ''] = event.languages;
  const written = words[registration.language] ?? words[first];
  if (written === undefined) throw new Error('an organiser wrote nothing that could be sent');
  return {
    // The sender says which event it is, too.
    subject: fittingSubject(
      t('organiser-message.subject', { subject: written.subject, event: calledInSubject(event) }),
      written.subject,
    ),
    title: written.subject,
    blocks: [...paragraphs(written.text), ...ownPageButton(data, t), ...contact(data, t)],
  };
}

const paragraphs = (text: string) =>
  text
    .split(/\n[ \t]*\n/)
    .map((each) => each.trim())
    .filter((each) => each !== '')
    .map(paragraph);

const REFERENCE = makeReference(new Uint8Array(9));

/**
 * What an announcement is written from for a made-up attendee, before it is sent: an adult with a seat. Their links
 * lead to the event's public page, since they have none of their own.
 *
 * @param event in the language
 */
export function sampleRecipient(
  event: EventDefinition<string>,
  language: string,
  announcement: Announcement,
  siteUrl: string,
): AnnouncedData {
  const links = eventLinks({ siteUrl }, event.id, language);
  return {
    event,
    registration: {
      reference: REFERENCE,
      status: 'confirmed',
      language,
      mode: event.modes[0]?.id ?? 'online',
      days: event.days.map(({ id }) => id),
      ...{ submittedAt: announcement.createdAt, changedAt: announcement.createdAt },
    },
    sessions: [],
    writtenAt: announcement.createdAt,
    announcement,
    links: {
      ...links,
      ...{ manage: links.event, cancel: links.event, online: links.event },
      ...{ complete: links.event, guardian: links.event, unsubscribe: links.event },
    },
  };
}

/** Letters, as a reader counts them. */
const RULES: Readonly<Record<keyof AnnouncementWords, TextRule>> = {
  subject: { max: 150 },
  text: { max: 5000, lines: true },
};

type Event = Pick<EventDefinition<string>, 'languages' | 'categories' | 'days' | 'sessions' | 'modes'>;
type Words = Readonly<Record<string, AnnouncementWords>>;

/**
 * Who is meant, named as the event names them, in one order, so that the same is always written in the same way. People who are chosen one by
 * one are meant while they have a place, or wait for one.
 *
 * @throws InvalidInputError for what the event does not know, and for what is named beside people
 */
export function checkSegment(
  event: Event,
  { people, ...named }: Segment & { readonly people?: readonly string[] | undefined },
  caller: { readonly grants: Parameters<typeof holdsAny>[0] },
): Segment {
  if (people !== undefined) {
    const issues = Object.keys(named).map((name): FieldIssue => ({ path: `segment.${name}`, code: 'unknown-field' }));
    if (issues.length > 0) throw new InvalidInputError(issues);
    return { statuses: inOrder(LIVE_STATUSES) };
  }
  const { statuses, categories, modes, sessions, attendance, attendanceAt } = named;
  // Who came to a closed session is told to those alone who run check-in.
  const attended = holdsAny(caller.grants, ['run-check-in']) ? event.sessions : openSessions(event);
  const known = {
    categories: event.categories.map(({ id }) => id),
    modes: event.modes.map(({ id }) => id),
    sessions: event.sessions.map(({ id }) => id),
    attendanceAt: [
      partName({ kind: 'event' }),
      ...event.days.map(({ id }) => partName({ kind: 'day', day: id })),
      ...attended.map(({ id }) => partName({ kind: 'session', session: id })),
    ],
  };
  const issues = Object.entries({ categories, modes, sessions, attendanceAt }).flatMap(
    ([name, ids = []]): FieldIssue[] =>
      ids.every((id) => known[name as keyof typeof known].some((each) => each === id))
        ? []
        : [{ path: `segment.${name}`, code: 'unknown-option' }],
  );
  if (issues.length > 0) throw new InvalidInputError(issues);
  return {
    statuses: inOrder(statuses ?? ['confirmed']),
    ...(categories && { categories: inOrder(categories) }),
    ...(modes && { modes: inOrder(modes) }),
    ...(sessions && { sessions: inOrder(sessions) }),
    ...(attendance && { attendance: inOrder(attendance), attendanceAt: inOrder(attendanceAt ?? ['event']) }),
  };
}

const inOrder = <T extends string>(ids: readonly T[]): readonly T[] => [...new Set(ids)].sort();

/**
 * What is to be read, cleaned. A language in which nothing was written is left out; the event's first, which everyone reads
 * whose own is missing, may not be.
 *
 * @throws InvalidInputError
 */
export function checkWords({ languages: [first = '', ...others] }: Event, typed: Words): Words {
  const unknown = Object.keys(typed).filter((language) => ![first, ...others].includes(language));
  const wanted = [first, ...others.filter((language) => isWritten(typed[language]))];
  const checked = wanted.map((language) => [language, checkWritten(language, typed[language])] as const);
  const issues = [
    ...unknown.map((language): FieldIssue => ({ path: `words.${language}`, code: 'unknown-option' })),
    ...checked.flatMap(([, { issues: found }]) => found),
  ];
  if (issues.length > 0) throw new InvalidInputError(issues);
  return Object.fromEntries(checked.map(([language, { words }]) => [language, words]));
}

/** One language, under the names that its fields have. @throws InvalidInputError */
export function checkOne({ languages }: Event, language: string, typed: AnnouncementWords): AnnouncementWords {
  if (!languages.includes(language)) throw new InvalidInputError([{ path: 'language', code: 'unknown-option' }]);
  const { words, issues } = checkWritten(language, typed);
  if (issues.length > 0) throw new InvalidInputError(issues);
  return words;
}

const isWritten = (words: AnnouncementWords | undefined): boolean =>
  words !== undefined && (words.subject.trim() !== '' || words.text.trim() !== '');

function checkWritten(language: string, typed: AnnouncementWords = { subject: '', text: '' }) {
  const issues: FieldIssue[] = [];
  const check = (name: keyof AnnouncementWords): string => {
    const path = `words.${language}.${name}`;
    const checked = cleanText(typed[name], RULES[name]);
    if ('issue' in checked) issues.push({ path, ...checked.issue });
    else if (checked.value === '') issues.push({ path, code: 'required' });
    return 'value' in checked ? checked.value : '';
  };
  return { words: { subject: check('subject'), text: check('text') }, issues };
}
