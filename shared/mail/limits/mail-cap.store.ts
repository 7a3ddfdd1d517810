import * as z from 'zod';
import { field, stored } from '../../kernel/stored.schema.ts';
import { LONGEST_WINDOW, type MailCap } from './mail-cap.ts';

const ITEM_VERSION = 1;

/** A cap as it is stored; every change raises the revision, which is 0 before there is one. */
export interface StoredCap extends MailCap {
  readonly revision: number;
}

export const storedMailCap = stored(() => ({
  v: field(z.literal(ITEM_VERSION), 'mail-cap', 'day'),
  claims: field(z.array(z.object({ message: z.string(), at: z.string() })), 'mail-cap', 'day'),
  turns: field(z.array(z.string()), 'mail-cap', 'day'),
  repeats: field(z.array(z.string()).optional(), 'mail-cap', 'day'),
  revision: field(z.int(), 'mail-cap', 'day'),
}));

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
