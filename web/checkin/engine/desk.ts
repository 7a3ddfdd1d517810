import { MOST_REASON } from '../../../shared/checkin/choices.ts';
import { placesNamed } from '../../../shared/kernel/text/countries.ts';
import { encodeCrockford } from '../../../shared/kernel/text/crockford.ts';
import { makeReference } from '../../../shared/kernel/text/reference.ts';
import { checkText } from '../../../shared/registration/apply/submission.ts';
import { ticketHash } from '../../../shared/ticket/roster-lock.ts';
import { toBase64url } from './base64url.ts';
import type { Context } from './context.ts';
import type { SentWalkIn } from './database.ts';
import { type AttendeeAtDoor, type FoundPerson, SearchError, type TypedWalkIn, WalkInError } from './engine.ts';

const PATIENCE = 15_000;

interface Found {
  readonly people: readonly FoundPerson[];
  readonly hasMore: boolean;
}

const WHY: Readonly<Record<string, SearchError['why']>> = {
  'search-locked': 'locked',
  'search-ended': 'ended',
  'too-many-searches': 'too-many',
};

/**
 * Asks the server: a phone holds no name that it could look through.
 *
 * @param unlock what opens a search that is locked; the phone keeps none of it
 * @throws SearchError
 */
export async function searchAtDesk({ ask, memory }: Context, text: string, unlock?: string): Promise<Found> {
  const { device } = memory.state;
  if (device?.terms.maySearch !== true) throw new SearchError('not-permitted');
  const path = `/api/checkin/search?${new URLSearchParams({ q: text })}`;
  const answer = await ask<Found>({ path, token: device.token, unlock, patience: PATIENCE });
  if (answer.kind === 'ok') return answer.body;
  if (answer.kind === 'no-answer') throw new SearchError('offline');
  const why = WHY[answer.type ?? ''] ?? (answer.status === 403 ? 'not-permitted' : 'server');
  throw new SearchError(why, answer.lock);
}

const TICKET_ID_BYTES = 12;

/** A walk-in to be entered, with a ticket of this phone's making. */
interface Entering {
  /** `ticketHash`, base64url. */
  readonly ticket: string;
  readonly told: SentWalkIn;
  readonly person: Omit<AttendeeAtDoor, 'reference'>;
}

/** @throws WalkInError: what is wrong is found out while the person stands there, and not hours later by the server */
export async function enteringOf(context: Pick<Context, 'deps' | 'memory'>, typed: TypedWalkIn): Promise<Entering> {
  const { device, setup } = context.memory.state;
  if (device?.terms.maySearch !== true || setup === undefined) throw new WalkInError([]);
  const { country, category, reason = '' } = typed;
  const [fullName, organisation] = [
    checkText('fullName', typed.fullName, true),
    checkText('organisation', typed.organisation, true),
  ];
  const codes = setup.event.countries
    ? Object.values(setup.event.countries)
        .flat()
        .map(([code]) => code)
    : placesNamed();
  const isFrom = codes.includes(country);
  const isKnown = setup.event.categories.some(({ id }) => id === category);
  if (!('value' in fullName && 'value' in organisation) || !isFrom || !isKnown || reason.length > MOST_REASON) {
    throw new WalkInError([
      ...('value' in fullName ? [] : (['fullName'] as const)),
      ...('value' in organisation ? [] : (['organisation'] as const)),
      ...(isFrom ? [] : (['country'] as const)),
      ...(isKnown ? [] : (['category'] as const)),
      ...(reason.length > MOST_REASON ? (['reason'] as const) : []),
    ]);
  }
  const ticketId = context.deps.random(TICKET_ID_BYTES);
  const who = { fullName: fullName.value, organisation: organisation.value, country, category };
  return {
    ticket: toBase64url(await ticketHash(ticketId)),
    told: { ticketId: encodeCrockford(ticketId), ...who, isAdult: true, ...(reason.trim() !== '' && { reason }) },
    person: {
      ...{ isConfirmed: true, category, role: 'attendee', mode: 'in-person', days: [], sessions: [] },
      ...{ name: who.fullName, organisation: who.organisation, noPhoto: true },
    },
  };
}

/** What the server will call them: it makes it of the scan that checks them in. @param scanId 128 bits, base64url */
export const referenceOf = (scanId: Uint8Array): string => makeReference(scanId);
