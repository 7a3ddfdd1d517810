import * as z from 'zod';
import type { TransactItem } from '../../kernel/dynamo/transact.store.ts';
import { field, type Output, stored } from '../../kernel/stored.schema.ts';
import { roleGrant } from '../role/organiser-role.schema.ts';
import { AUDIT_ACTIONS } from './audit.ts';

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
  action: field(z.enum(AUDIT_ACTIONS), 'audit', 'event'),
  /** The reference of a registration, or the id of a quota, session, check-in list, device, feedback form, invitation or member. */
  about: field(z.string().optional(), 'audit', 'event'),
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

const NOTHING_THERE = 'attribute_not_exists(pk)';

/**
 * Adds an entry to an event's list, which is one partition in order of time.
 *
 * @param expiresAt epoch seconds
 */
export const putAudit = (table: string, entry: AuditEntry, expiresAt: number): TransactItem => ({
  Put: {
    TableName: table,
    Item: { pk: `AUDIT#${entry.eventId}`, sk: `${entry.at}#${entry.id}`, v: 1, ...entry, expiresAt },
    ConditionExpression: NOTHING_THERE,
  },
});
