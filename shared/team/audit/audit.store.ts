import * as z from 'zod';
import type { TransactItem } from '../../kernel/dynamo/transact.store.ts';
import { field, stored } from '../../kernel/stored.schema.ts';
import { roleGrant } from '../role/organiser-role.schema.ts';
import { AUDIT_ACTIONS, type AuditEntry } from './audit.ts';

export const storedAudit = stored(() => ({
  v: field(z.literal(1), 'audit', 'event'),
  id: field(z.string(), 'audit', 'event'),
  eventId: field(z.string(), 'audit', 'event'),
  at: field(z.string(), 'audit', 'event'),
  by: field(z.string(), 'audit', 'event'),
  action: field(z.enum(AUDIT_ACTIONS), 'audit', 'event'),
  about: field(z.string().optional(), 'audit', 'event'),
  grants: field(z.array(roleGrant()).optional(), 'audit', 'event'),
  label: field(z.string().optional(), 'audit', 'event'),
  vettedUntil: field(z.string().optional(), 'audit', 'event'),
  why: field(z.string().optional(), 'audit', 'event'),
}));

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
