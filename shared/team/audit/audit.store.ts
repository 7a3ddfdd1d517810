import * as z from 'zod';
import { NOT_THERE } from '../../kernel/dynamo/keys.ts';
import type { TransactItem } from '../../kernel/dynamo/transact.store.ts';
import { field, type Output, stored } from '../../kernel/stored.schema.ts';
import { roleGrant } from '../role/organiser-role.schema.ts';
import { AUDIT_ACTIONS, kindOf } from './audit.ts';

/** Who did, saw or exported what, and when; never what it said. */
export const storedAudit = stored(() => ({
  v: field(z.literal(1), 'audit', 'event'),
  /** 128 random bits, base64url. */
  id: field(z.string(), 'audit', 'event'),
  eventId: field(z.string(), 'audit', 'event'),
  /** ISO 8601. */
  at: field(z.string(), 'audit', 'event'),
  /** A member; see `shared/kernel/identity.store.ts`. */
  by: field(z.string(), 'audit', 'event'),
  /** What the team calls them: it is known also once they are of it no more. */
  byLabel: field(z.string().optional(), 'audit', 'event'),
  action: field(z.enum(AUDIT_ACTIONS), 'audit', 'event'),
  /** The reference of a registration, or the id of a quota, session, check-in list, device, feedback form, invitation or member. */
  about: field(z.string().optional(), 'audit', 'event'),
  /** Whom it is about, where that is the person of a registration: a minor's reference is shown to few. */
  person: field(z.enum(['adult', 'minor']).optional(), 'audit', 'event'),
  /** Which roles it gives, accepts or takes back, and until when. */
  grants: field(z.array(roleGrant()).optional(), 'audit', 'event'),
  /** For whom: what the team calls them. */
  label: field(z.string().optional(), 'audit', 'event'),
  /** The day until which a chaperone, or the holder of a device, was vetted; absent where they are not any more. */
  vettedUntil: field(z.string().optional(), 'audit', 'event'),
  /** The reason for a look, or for opening a code that was locked, in the words of the member who did so. */
  why: field(z.string().optional(), 'audit', 'event'),
  /** How many people were loaded, with which columns. */
  people: field(z.int().optional(), 'audit', 'event'),
  columns: field(z.array(z.string()).optional(), 'audit', 'event'),
}));
export interface AuditEntry extends Omit<Output<typeof storedAudit>, 'v'> {}

/** Where the entries of an event lie. */
export const auditPartition = (eventId: string): string => `AUDIT#${eventId}`;

/** Where an entry is found in the indexes: by what is told of it, within its event. */
export const auditShards = {
  member: (eventId: string, by: string): string => `${eventId}#${by}`,
  person: (eventId: string, reference: string): string => `${eventId}#${reference}`,
  kind: (eventId: string, kind: string): string => `${eventId}#${kind}`,
};

const keysOf = ({ eventId, by, about = '', person, action }: AuditEntry) => ({
  memberShard: auditShards.member(eventId, by),
  kindShard: auditShards.kind(eventId, kindOf(action)),
  ...(person !== undefined && { personShard: auditShards.person(eventId, about) }),
});

/**
 * Adds an entry to an event's list, which is one partition in order of time: of those who run an event nobody does more than the 500 things
 * a second that it takes.
 *
 * @param expiresAt epoch seconds
 */
export const putAudit = (table: string, entry: AuditEntry, expiresAt: number): TransactItem => ({
  Put: {
    TableName: table,
    Item: {
      ...{ pk: auditPartition(entry.eventId), sk: `${entry.at}#${entry.id}` },
      ...{ v: 1, ...entry, ...keysOf(entry), expiresAt },
    },
    ConditionExpression: NOT_THERE,
  },
});
