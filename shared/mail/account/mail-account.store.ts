import * as z from 'zod';
import { MAIL_ACCOUNT_ID } from '../../kernel/dynamo/tables.ts';
import type { UsesOf } from '../../kernel/dynamo/uses-of.ts';
import { once } from '../../kernel/once.ts';
import { ENFORCEMENTS, type MailAccount, REVIEWS } from './mail-account.ts';

export const storedMailAccount = once(() =>
  z.object({
    v: z.literal(1),
    production: z.boolean(),
    review: z.enum(REVIEWS).optional(),
    enforcement: z.enum(ENFORCEMENTS),
    sending: z.boolean(),
    senderVerified: z.boolean(),
    perSecond: z.number(),
    daily: z.number().optional(),
    sent: z.number(),
    waitsSince: z.string().optional(),
    region: z.string(),
    readAt: z.string(),
  }),
);

/** All of it is replaced at the next look, minutes later. */
export const MAIL_ACCOUNT_USES = {
  v: ['impersonal', 'day'],
  production: ['impersonal', 'day'],
  review: ['impersonal', 'day'],
  enforcement: ['impersonal', 'day'],
  sending: ['impersonal', 'day'],
  senderVerified: ['impersonal', 'day'],
  perSecond: ['impersonal', 'day'],
  daily: ['impersonal', 'day'],
  sent: ['impersonal', 'day'],
  waitsSince: ['impersonal', 'day'],
  region: ['impersonal', 'day'],
  readAt: ['impersonal', 'day'],
} as const satisfies UsesOf<typeof storedMailAccount>;

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
