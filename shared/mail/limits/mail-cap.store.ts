import * as z from 'zod';
import type { UsesOf } from '../../kernel/dynamo/uses-of.ts';
import { once } from '../../kernel/once.ts';
import { LONGEST_WINDOW, type MailCap } from './mail-cap.ts';

const ITEM_VERSION = 1;

/** A cap as it is stored; every change raises the revision, which is 0 before there is one. */
export interface StoredCap extends MailCap {
  readonly revision: number;
}

export const storedMailCap = once(() =>
  z.object({
    v: z.literal(ITEM_VERSION),
    claims: z.array(z.object({ message: z.string(), at: z.string() })),
    turns: z.array(z.string()),
    repeats: z.array(z.string()).optional(),
    revision: z.int(),
  }),
);

export const MAIL_CAP_USES = {
  v: ['mail-cap', 'day'],
  claims: ['mail-cap', 'day'],
  turns: ['mail-cap', 'day'],
  repeats: ['mail-cap', 'day'],
  revision: ['mail-cap', 'day'],
} as const satisfies UsesOf<typeof storedMailCap>;

/** In the `Outbox` table. `recipient` is an HMAC: no address is readable in a key. */
export const mailCapKey = (recipient: string) => ({ id: `CAP#${recipient}` });

/** Forgotten once it limits nothing any more. */
export function toMailCapItem(recipient: string, { claims, turns, repeats = [], revision }: StoredCap) {
  const last = [...claims.map(({ at }) => at), ...turns, ...repeats].sort().at(-1) ?? '';
  return {
    ...mailCapKey(recipient),
    v: ITEM_VERSION,
    claims,
    turns,
    ...(repeats.length > 0 && { repeats }),
    revision,
    expiresAt: Math.ceil((Date.parse(last) + LONGEST_WINDOW) / 1000),
  };
}

export function fromMailCapItem(item: Record<string, unknown>): StoredCap {
  const { v: _, ...cap } = storedMailCap().parse(item);
  return cap;
}
