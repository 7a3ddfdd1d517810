import { useEffect, useState } from 'preact/hooks';
import { pageAddress } from '../addresses.ts';
import { type PublicEvent, useDesk, useRead } from '../desk.ts';
import type { AnswerOf, BodyOf } from '../kernel/api.ts';
import { FailureNote } from '../kernel/parts/page.tsx';
import { categoryName, languageText, nameOfDay, titleIn } from '../names.ts';
import { UNREACHED } from '../registration/people.ts';
import { t } from '../words.ts';

export type Preview = AnswerOf<'POST /api/organiser/events/{eventId}/messages/preview'>;

/** Milliseconds after the last tick until it is counted. */
const PAUSE = 500;

/** How many someone's choice reaches, counted anew whenever it changes. */
export function LiveCount({ segment }: { readonly segment: SentSegment }) {
  const { api, event } = useDesk();
  const chosen = usePaused(JSON.stringify(segment));
  const { loaded } = useRead(chosen, () =>
    api('POST /api/organiser/events/{eventId}/messages/preview', {
      params: { eventId: event.id },
      body: { segment: JSON.parse(chosen) },
    }),
  );
  return (
    <div class="note" role="status">
      {loaded.state === 'ready' ? (
        <Reached of={loaded.value} />
      ) : loaded.state === 'failed' ? (
        <FailureNote error={loaded.error} />
      ) : (
        t('messages.counting')
      )}
    </div>
  );
}

/** @returns a value once it has stayed the same for a moment */
function usePaused(value: string): string {
  const [paused, setPaused] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setPaused(value), PAUSE);
    return () => clearTimeout(timer);
  }, [value]);
  return paused;
}

/** Why a message is not for some of those who were chosen in the list. */
const NOT_FOR = ['noPlace', 'noAddress', 'minors', 'unknown'] as const;

export const Reached = ({ of: { people, mails, leftOut, notFor } }: { readonly of: Preview }) => (
  <>
    <strong>{t('messages.goesTo', { count: people, letters: mails === people ? 0 : mails })}</strong>
    {leftOut.bounced > 0 && (
      <p>
        {t('messages.bounced', { value: leftOut.bounced })} <CorrectThem />
      </p>
    )}
    {leftOut.complained > 0 && <p>{t('messages.complained', { value: leftOut.complained })}</p>}
    {leftOut['opted-out'] > 0 && <p>{t('messages.optedOut', { value: leftOut['opted-out'] })}</p>}
    {NOT_FOR.filter((why) => notFor && notFor[why] > 0).map((why) => (
      <p key={why}>{t(`messages.notFor.${why}`, { count: notFor?.[why] ?? 0 })}</p>
    ))}
  </>
);

function CorrectThem() {
  const { event } = useDesk();
  return <a href={pageAddress(event.id, 'registrations', { status: UNREACHED })}>{t('messages.correctThem')}</a>;
}

function takesText(minutes: number): string {
  if (minutes < 2) return t('messages.takes.minute');
  if (minutes < 120) return t('messages.takes.minutes', { minutes });
  const hours = minutes / 60;
  if (hours < 48) return t('messages.takes.hours', { hours: Math.round(hours) });
  return t('messages.takes.days', { days: Math.round(hours / 24) });
}

/** Said before it is sent: who reads another language than their own, and how long it takes. */
export const Expected = ({ of: { languages, minutes } }: { readonly of: Preview }) => (
  <ul>
    {languages
      .filter(({ language, reads }) => language !== reads)
      .map(({ language, reads, mails: some }) => (
        <li key={language}>
          {t('messages.readsOther', { value: some, own: languageText(language), read: languageText(reads) })}
        </li>
      ))}
    {minutes !== undefined && <li>{takesText(minutes)}</li>}
    <li>{t('messages.waits')}</li>
  </ul>
);

type Sent = BodyOf<'PUT /api/organiser/events/{eventId}/messages/{messageId}'>;
export type SentSegment = Sent['segment'];
/** What a draft says of whom it is for. Who was chosen one by one is no part of it: that is in memory alone. */
type NamedSegment = Omit<SentSegment, 'people'>;
export type ChosenSegment = { readonly [Name in keyof NamedSegment]-?: NonNullable<NamedSegment[Name]> };
export type MessageText = Sent['words'][string];

/** A message that is being written. Its id is chosen with its first letter: however often it is sent, it is sent once. */
export interface Draft {
  readonly id: string;
  readonly segment: ChosenSegment;
  readonly words: Readonly<Record<string, MessageText>>;
}

const EMPTY: ChosenSegment = {
  statuses: ['confirmed'],
  categories: [],
  modes: [],
  sessions: [],
  attendance: [],
  attendanceAt: [],
};
const ID_BYTES = 16;

/** 128 random bits, base64url. */
export const newDraftId = (): string =>
  btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(ID_BYTES))))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');

/** A message to people who were chosen in the list has a draft beside that of any other. */
export type DraftName = 'group' | 'chosen';

const placeOf = (eventId: string, name: DraftName): string =>
  `plenary.message.${eventId}${name === 'group' ? '' : `.${name}`}`;

/** The tab's own, as it was left: a reload, a sign-in or a way back loses nothing. */
export function readDraft(eventId: string, name: DraftName): Draft {
  try {
    const kept: Draft | null = JSON.parse(sessionStorage.getItem(placeOf(eventId, name)) ?? 'null');
    // One that was begun before there was as much to choose.
    if (kept) return { ...kept, segment: { ...EMPTY, ...kept.segment } };
  } catch {
    // What cannot be read is begun anew.
  }
  return { id: newDraftId(), segment: EMPTY, words: {} };
}

export const keepDraft = (eventId: string, name: DraftName, draft: Draft): void =>
  sessionStorage.setItem(placeOf(eventId, name), JSON.stringify(draft));

export const forgetDraft = (eventId: string, name: DraftName): void =>
  sessionStorage.removeItem(placeOf(eventId, name));

/** As the API takes it: a list in which nothing is ticked leaves nobody out. */
export const segmentOf = (segment: ChosenSegment): SentSegment =>
  Object.fromEntries(
    Object.entries(segment).filter(
      ([name, chosen]) => chosen.length > 0 && (name !== 'attendanceAt' || segment.attendance.length > 0),
    ),
  );

/** Parts of an event that people come to, as segments name them. */
export const partsToCome = (event: PublicEvent): readonly (readonly [string, string])[] => [
  ['event', t('messages.allOfIt')],
  ...event.days.map(({ id }) => [`day:${id}`, nameOfDay(event, id)] as const),
  ...event.sessions.map(({ id, title }) => [`session:${id}`, title] as const),
];

/** Only what something was written in. */
export const writtenTexts = ({ words }: Draft): Draft['words'] =>
  Object.fromEntries(Object.entries(words).filter(([, { subject, text }]) => `${subject}${text}`.trim() !== ''));

type Summary = AnswerOf<'GET /api/organiser/events/{eventId}/messages'>['messages'][number];

/** In words: whom a message is for. */
export function segmentText(
  event: PublicEvent,
  { statuses = [], categories = [], modes = [], sessions = [], attending, chosen, ...came }: Summary['segment'],
): string {
  if (chosen !== undefined) return t('messages.chosen', { count: chosen });
  const parts = [
    attending ? [t('messages.attending')] : [],
    statuses.map((each) => t(`status.${each}`)),
    categories.map((each) => categoryName(event, each)),
    modes.map((each) => titleIn(event.modes, each)),
    sessions.map((each) => titleIn(event.sessions, each)),
    cameText(event, came),
  ].filter((part) => part.length > 0);
  return parts.length === 0 ? t('messages.anyone') : parts.map((part) => part.join(', ')).join('; ');
}

function cameText(
  event: PublicEvent,
  { attendance = [], attendanceAt = [] }: Pick<Summary['segment'], 'attendance' | 'attendanceAt'>,
): readonly string[] {
  const titles = new Map(partsToCome(event));
  const where = attendanceAt.map((each) => titles.get(each) ?? each).join(', ');
  return attendance.map((each) => `${t(`came.presence.${each}`)} (${where})`);
}

/** What a message is called: its subject, or what kind of mail it is. */
export const titleOf = ({ subject, kind }: Pick<Summary, 'subject' | 'kind'>): string =>
  subject ?? t(`messages.kind.${kind}`);
