import * as z from 'zod';
import type { ItemKey } from '../../kernel/dynamo/keys.ts';
import { readItem } from '../../kernel/dynamo/queries.store.ts';
import type { TransactItem } from '../../kernel/dynamo/transact.store.ts';
import type { Database } from '../../kernel/parts.store.ts';
import { field, type Output, stored } from '../../kernel/stored.schema.ts';

/** Says that these tables were restored, and that nobody is mailed of what is in them until an owner lets mail leave. */
export const storedMailHold = stored(() => ({
  v: field(z.literal(1), 'impersonal', 'published'),
  /** ISO 8601: when they were restored, and as of when. */
  since: field(z.string(), 'impersonal', 'published'),
  restoredTo: field(z.string(), 'impersonal', 'published'),
}));
interface MailHold extends Omit<Output<typeof storedMailHold>, 'v'> {}

/** In `Registry`, one for the whole system: it comes with restored tables as they are switched to, and goes with them. */
const MAIL_HOLD_KEY: ItemKey = { pk: 'MAIL-HOLD', sk: 'MAIL-HOLD' };

export const toMailHoldItem = (hold: MailHold) => ({ ...MAIL_HOLD_KEY, v: 1, ...hold });

/** Lets mail leave. Refused where it leaves already. */
export const deleteMailHold = (registry: string): TransactItem => ({
  Delete: { TableName: registry, Key: { ...MAIL_HOLD_KEY }, ConditionExpression: 'attribute_exists(pk)' },
});

interface MailHoldReader {
  readonly read: () => Promise<MailHold | undefined>;
  /** The same for who asks again and again: tables are restored before they are used, so that what is free stays so. */
  readonly isHeld: () => Promise<boolean>;
}

export function mailHoldReader({ client, registry }: Database<'registry'>): MailHoldReader {
  let isFree = false;
  const read: MailHoldReader['read'] = async () => {
    const item = await readItem(client, registry, MAIL_HOLD_KEY, { consistent: false });
    if (item === undefined) return undefined;
    const { v: _, ...hold } = storedMailHold().parse(item);
    return hold;
  };
  return {
    read,
    async isHeld() {
      isFree ||= (await read()) === undefined;
      return !isFree;
    },
  };
}

declare module '../../kernel/parts.store.ts' {
  interface Parts {
    readonly mailHold: MailHoldReader;
  }
}
