import type { BodyOf } from '../../kernel/api/routes.ts';

type Sent = BodyOf<'PUT /api/organiser/events/{eventId}/messages/{messageId}'>;
export type Segment = { readonly [Name in keyof Sent['segment']]-?: NonNullable<Sent['segment'][Name]> };
export type Written = Sent['words'][string];

/** A message that is being written. Its id is chosen with its first letter: however often it is sent, it is sent once. */
export interface Draft {
  readonly id: string;
  readonly segment: Segment;
  readonly words: Readonly<Record<string, Written>>;
}

const EMPTY: Segment = { statuses: ['confirmed'], categories: [], modes: [], sessions: [] };
const ID_BYTES = 16;

/** 128 random bits, base64url. */
export const newDraftId = (): string =>
  btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(ID_BYTES))))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');

const placeOf = (eventId: string): string => `plenary.message.${eventId}`;

/** The tab's own, as it was left: a reload, a sign-in or a way back loses nothing. */
export function readDraft(eventId: string): Draft {
  try {
    const kept: Draft | null = JSON.parse(sessionStorage.getItem(placeOf(eventId)) ?? 'null');
    if (kept) return kept;
  } catch {
    // What cannot be read is begun anew.
  }
  return { id: newDraftId(), segment: EMPTY, words: {} };
}

export const keepDraft = (eventId: string, draft: Draft): void =>
  sessionStorage.setItem(placeOf(eventId), JSON.stringify(draft));

export const forgetDraft = (eventId: string): void => sessionStorage.removeItem(placeOf(eventId));

/** As the API takes it: a list in which nothing is ticked leaves nobody out. */
export const segmentOf = (segment: Segment): Sent['segment'] =>
  Object.fromEntries(Object.entries(segment).filter(([, chosen]) => chosen.length > 0));

/** Only what something was written in. */
export const wordsOf = ({ words }: Draft): Draft['words'] =>
  Object.fromEntries(Object.entries(words).filter(([, { subject, text }]) => `${subject}${text}`.trim() !== ''));
