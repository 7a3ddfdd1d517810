import * as z from 'zod';
import { MAIL_ACCOUNT_ID } from '../../kernel/dynamo/tables.ts';
import { field, stored } from '../../kernel/stored.schema.ts';
import { ENFORCEMENTS, type MailAccount, REVIEWS } from './mail-account.ts';

export const storedMailAccount = stored(() => ({
  v: field(z.literal(1), 'impersonal', 'day'),
  production: field(z.boolean(), 'impersonal', 'day'),
  review: field(z.enum(REVIEWS).optional(), 'impersonal', 'day'),
  enforcement: field(z.enum(ENFORCEMENTS), 'impersonal', 'day'),
  sending: field(z.boolean(), 'impersonal', 'day'),
  senderVerified: field(z.boolean(), 'impersonal', 'day'),
  perSecond: field(z.number(), 'impersonal', 'day'),
  daily: field(z.number().optional(), 'impersonal', 'day'),
  sent: field(z.number(), 'impersonal', 'day'),
  waitsSince: field(z.string().optional(), 'impersonal', 'day'),
  region: field(z.string(), 'impersonal', 'day'),
  readAt: field(z.string(), 'impersonal', 'day'),
}));

/** All of it is replaced at the next look, minutes later. */
/** In the `Outbox` table, one for the whole system. */
export const MAIL_ACCOUNT_KEY = { id: MAIL_ACCOUNT_ID } as const;

export const toMailAccountItem = (account: MailAccount) => ({ ...MAIL_ACCOUNT_KEY, v: 1, ...account });

/** @returns nothing where it cannot be read: the next look replaces it */
export function fromMailAccountItem(item: Record<string, unknown>): MailAccount | undefined {
  const { data } = storedMailAccount().safeParse(item);
  if (data === undefined) return undefined;
  const { v: _, daily, ...account } = data;
  return { ...account, daily };
}
