import { asHeld } from '../../event/event-standing.ts';
import { parseReference } from '../../kernel/text/reference.ts';
import { compareCodes } from '../../kernel/text/text.ts';
import { KINDS } from '../../mail/kinds.ts';
import type { IndexedRow } from '../../registration/people/person.ts';
import type { Announcement } from '../announcement.schema.ts';
import { isFor, type Meant, type PossibleRecipient, recipientOf } from '../announcement.ts';

/** Why an attendee whom an announcement is for gets no mail of it. */
export const REASONS_LEFT_OUT = ['bounced', 'complained', 'opted-out'] as const;
export type ReasonLeftOut = (typeof REASONS_LEFT_OUT)[number];

/**
 * Mail to addresses that do not exist, or to those who called it unwanted, costs everyone else's mail its good name. What tells of a
 * change is sent all the same, for as long as there is any hope of arriving. Whether a coordinator stopped it is noted on their delegation.
 */
export function leftOutBecause(
  { kind }: Pick<Announcement, 'kind'>,
  { mail, optedOut, delegation }: Pick<PossibleRecipient, 'mail' | 'optedOut' | 'delegation'>,
): ReasonLeftOut | undefined {
  if (!KINDS[kind].optional) return undefined;
  if (optedOut && !delegation?.throughCoordinator) return 'opted-out';
  return REASONS_LEFT_OUT.find((each) => each === mail?.state);
}

/** Whom an announcement would reach, in numbers. */
export interface Audience {
  /** Whom it is for and who are written to. */
  readonly people: number;
  /** A coordinator, through whom several are reached, gets one mail about all of them. */
  readonly mails: number;
  /** How many mails are in which language, the most first. */
  readonly languages: readonly { readonly language: string; readonly mails: number }[];
  /** Whom it is for and who are not written to. */
  readonly leftOut: Readonly<Record<ReasonLeftOut, number>>;
}

/** The delegation through whose coordinator an attendee is reached. */
export const reachedThrough = ({ delegation }: Pick<PossibleRecipient, 'delegation'>): string | undefined =>
  delegation?.throughCoordinator ? delegation.id : undefined;

type Known = Readonly<Record<'people' | 'minors', ReadonlyMap<string, IndexedRow>>>;

/** Everyone of an event by their rows in the people index, as it takes place: see `asHeld`. */
export const possibleRecipients = (
  event: Parameters<typeof asHeld>[0],
  { people, minors }: Known,
): readonly PossibleRecipient[] => [...people.values(), ...minors.values()].map((row) => possibleRecipient(event, row));

export const possibleRecipient = (event: Parameters<typeof asHeld>[0], row: IndexedRow): PossibleRecipient =>
  asHeld(event, recipientIn(row));

/** One literal: of thousands, parts that are spread into it take ten times as long. */
const recipientIn = (row: IndexedRow): PossibleRecipient => ({
  reference: row.reference,
  status: row.status,
  ageBand: row.ageBand,
  category: row.category,
  mode: row.mode,
  days: row.days,
  sessions: row.sessions,
  closedSessions: row.closedSessions,
  language: row.language,
  optedOut: row.optedOut,
  // Whether there is one is all that a row knows, and all that is asked of it.
  email: row.noAddress ? '' : row.reference,
  waiting: row.meanwhile && { meanwhile: row.meanwhile },
  delegation:
    row.delegation === undefined ? undefined : { id: row.delegation, throughCoordinator: row.throughCoordinator },
  mail: row.mail && { state: row.mail },
});

/**
 * @param registrations all of an event, as it takes place: see `asHeld`
 * @param stopped delegations whose coordinator stopped mail that can be done without
 */
export function audienceOf(
  announcement: Meant & Pick<Announcement, 'kind'>,
  registrations: readonly PossibleRecipient[],
  stopped: ReadonlySet<string>,
): Audience {
  const leftOut = { bounced: 0, complained: 0, 'opted-out': 0 };
  const languageOf = new Map<string, string>();
  let people = 0;
  for (const registration of registrations) {
    if (!isFor(announcement, registration)) continue;
    const isStopped = KINDS[announcement.kind].optional && stopped.has(reachedThrough(registration) ?? '');
    const reason = leftOutBecause(announcement, registration) ?? (isStopped ? 'opted-out' : undefined);
    if (reason === undefined) {
      people += 1;
      languageOf.set(recipientOf(registration), registration.language);
    } else {
      leftOut[reason] += 1;
    }
  }
  return { people, mails: languageOf.size, languages: countEach([...languageOf.values()]), leftOut };
}

/** Of references that were sent, whom a message can be for, and why it is not for the others. */
export interface ChosenPeople {
  /** All of them as they are written. */
  readonly sent: ReadonlySet<string>;
  /** Adults whom the sender sees, whatever their status. */
  readonly chosen: ReadonlySet<string>;
  readonly notFor: Readonly<Record<'noPlace' | 'noAddress' | 'minors' | 'unknown', number>>;
}

/** @param sees whether the sender may see someone: others are as if there were none */
export function chosenOf(
  { people, minors }: Known,
  sees: (row: IndexedRow) => boolean,
  { statuses = [] }: Announcement['segment'],
  references: readonly string[],
): ChosenPeople {
  const sent = new Set(references.map((each) => parseReference(each) ?? each));
  const seen = (rows: ReadonlyMap<string, IndexedRow>) =>
    [...sent].flatMap((each) => rows.get(each) ?? []).filter(sees);
  const [adults, young] = [seen(people), seen(minors)];
  const placed = adults.filter(({ status }) => statuses.includes(status));
  return {
    sent,
    chosen: new Set(adults.map(({ reference }) => reference)),
    notFor: {
      noPlace: adults.length - placed.length,
      noAddress: placed.filter(({ noAddress }) => noAddress).length,
      minors: young.length,
      unknown: sent.size - adults.length - young.length,
    },
  };
}

function countEach(languages: readonly string[]): Audience['languages'] {
  const mails = new Map<string, number>();
  for (const language of languages) mails.set(language, (mails.get(language) ?? 0) + 1);
  return [...mails]
    .map(([language, count]) => ({ language, mails: count }))
    .sort((a, b) => b.mails - a.mails || compareCodes(a.language, b.language));
}

/** As many people more or less, or this share of them, are what a busy day brings. */
const LITTLE = 5;
const SMALL_SHARE = 0.1;

/** Whether so many others are written to now that the organiser who pressed would want to know. */
export const hasChangedMuch = (seen: number, now: number): boolean =>
  Math.abs(now - seen) > Math.max(LITTLE, seen * SMALL_SHARE);
