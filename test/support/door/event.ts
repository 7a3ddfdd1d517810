import { createHash } from 'node:crypto';
import type * as z from 'zod';
import { handoutTerms } from '../../../shared/checkin/handout/handout.ts';
import type { ListTerms, roster } from '../../../shared/checkin/roster/roster.schema.ts';
import { packEntry, type RosterEntry } from '../../../shared/checkin/roster/roster-entry.ts';
import { encodeCrockford } from '../../../shared/kernel/text/crockford.ts';
import {
  encodeRevocations,
  revocationBody,
  revocationMessage,
  revocationPrefix,
} from '../../../shared/ticket/revocation-list.ts';
import { ticketHash } from '../../../shared/ticket/roster-lock.ts';
import { sealEntry } from '../../../shared/ticket/roster-seal.store.ts';
import { displayTicketId } from '../../../shared/ticket/ticket.ts';
import { hex } from '../../../shared/ticket/ticket-key.ts';
import { EVENT, makeIssuer } from '../../unit/ticket-fixture.ts';

export type Setup = NonNullable<z.output<typeof roster>['setup']>;

/** An attendee with a ticket. */
export interface Guest {
  readonly person: RosterEntry;
  readonly ticketId: Uint8Array;
  /** As the QR code says it, and as it is typed. */
  readonly code: string;
  readonly typed: string;
  /** `ticketHash`, base64url. */
  readonly ticket: string;
  /** As it goes over the network. */
  readonly entry: Uint8Array;
}

/** A made-up event with its doors, keys and guests, as a phone learns of them. */
export interface SampleEvent {
  readonly setup: Setup;
  readonly invite: (number: number, change?: Partial<RosterEntry>) => Promise<Guest>;
  /** A ticket of nobody, signed by the same key. @see makeIssuer */
  readonly issue: Awaited<ReturnType<typeof makeIssuer>>['issue'];
  readonly revoke: (guests: readonly Guest[], version: number, issuedAt?: Date) => Promise<string>;
}

const HOUR = 60 * 60 * 1000;
const ALL: Pick<ListTerms, 'modes' | 'isClosed'> = { modes: ['in-person'], isClosed: false };

export async function sampleEvent(now = Date.now()): Promise<SampleEvent> {
  const issuer = await makeIssuer();
  const open = { ...ALL, opensAt: now - HOUR, closesAt: now + 8 * HOUR };
  const setup: Setup = {
    event: {
      id: EVENT,
      title: { en: 'Sample forum' },
      timeZone: 'Asia/Phnom_Penh',
      days: [{ id: 'one', date: '2027-11-02' }],
      sessions: [],
      categories: [{ id: 'government', name: { en: 'Government' } }],
    },
    doors: [
      { ...open, id: 'entrance', place: { kind: 'event' }, passing: 'once' },
      { ...open, id: 'room', place: { kind: 'day', day: 'one' }, day: 'one', passing: 'in-and-out', capacity: 2 },
      { ...open, id: 'hall', place: { kind: 'event' }, passing: 'again' },
      { ...open, id: 'early', place: { kind: 'event' }, passing: 'once', opensAt: now + HOUR },
      { ...open, id: 'away', place: { kind: 'event' }, passing: 'once' },
    ],
    handouts: [
      handoutTerms({ id: 'badge', name: 'Badge', often: 'once', isLent: false }),
      handoutTerms({ id: 'lunch', name: 'Lunch', often: 'daily', isLent: false }),
      handoutTerms({ id: 'headset', name: 'Headset', often: 'any', isLent: true }),
    ],
    keys: [{ id: hex(issuer.fields.keyId), publicKey: Buffer.from(issuer.raw).toString('base64url') }],
  };
  return {
    setup,
    issue: issuer.issue,
    async invite(number, change = {}) {
      const ticketId = createHash('sha256').update(`ticket ${number}`).digest().subarray(0, 12);
      const person = { ...personOf(number), ...change };
      const hash = await ticketHash(ticketId);
      const sealed = sealEntry(packEntry(person), ticketId, EVENT);
      const length = Buffer.alloc(2);
      length.writeUInt16BE(sealed.length);
      return {
        person,
        ticketId,
        code: issuer.issue({ ticketId }),
        typed: displayTicketId(encodeCrockford(ticketId)),
        ticket: Buffer.from(hash).toString('base64url'),
        entry: Buffer.concat([hash, length, sealed]),
      };
    },
    async revoke(guests, version, issuedAt = new Date()) {
      const prefixes = await Promise.all(guests.map(({ ticketId }) => revocationPrefix(ticketId)));
      const { keyId, event } = issuer.fields;
      const expiresAt = new Date(issuedAt.getTime() + HOUR);
      const body = revocationBody({ keyId, event, version, issuedAt, expiresAt, prefixes });
      const signature = issuer.signBody(await revocationMessage(body));
      return Buffer.from(encodeRevocations(body, signature)).toString('base64url');
    },
  };
}

const personOf = (number: number): RosterEntry => ({
  reference: `R${String(number).padStart(9, '0')}`,
  isConfirmed: true,
  category: 'government',
  role: 'attendee',
  mode: 'in-person',
  days: ['one'],
  sessions: [],
  name: `Guest ${number}`,
  organisation: 'Ministry of Samples',
});
