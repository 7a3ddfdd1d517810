import * as z from 'zod';
import type { TransactItem } from '../../kernel/dynamo/transact.store.ts';
import type { UsesOf } from '../../kernel/dynamo/uses-of.ts';
import { once } from '../../kernel/once.ts';
import { roleGrant } from '../role/organiser-role.schema.ts';
import { AUDIT_ACTIONS, type AuditEntry } from './audit.ts';

export const storedAudit = once(() =>
  z.object({
    v: z.literal(1),
    id: z.string(),
    eventId: z.string(),
    at: z.string(),
    by: z.string(),
    action: z.enum(AUDIT_ACTIONS),
    about: z.string().optional(),
    grants: z.array(roleGrant()).optional(),
    label: z.string().optional(),
    vettedUntil: z.string().optional(),
    why: z.string().optional(),
  }),
);

export const AUDIT_USES = {
  v: ['audit', 'event'],
  id: ['audit', 'event'],
  eventId: ['audit', 'event'],
  at: ['audit', 'event'],
  by: ['audit', 'event'],
  action: ['audit', 'event'],
  about: ['audit', 'event'],
  grants: ['audit', 'event'],
  label: ['audit', 'event'],
  vettedUntil: ['audit', 'event'],
  why: ['audit', 'event'],
} as const satisfies UsesOf<typeof storedAudit>;

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
