import type { UnconfirmedForm } from '../../../shared/domain/unconfirmed.ts';
import type { DocumentClient } from '../../../shared/kernel/dynamo/client.store.ts';
import { type TransactItem, transact } from '../../../shared/kernel/dynamo/transact.store.ts';
import type { MailTurn } from '../../../shared/kernel/keys/pass.store.ts';
import type { System } from '../../../shared/kernel/system.store.ts';
import type { OutboxMessage } from '../../../shared/mail/outbox/message.ts';
import { putMessage, spendPass, type Tables } from '../../../shared/registering/writes.ts';
import { toUnconfirmedItem, unconfirmedEnd } from '../../../shared/store/unconfirmed-item.ts';
import { type UnconfirmedReader, unconfirmedReader } from '../../../shared/store/unconfirmed-reader.ts';

export interface KeptForm {
  readonly before: UnconfirmedForm | undefined;
  readonly after: UnconfirmedForm;
  readonly turn: MailTurn;
  readonly message: OutboxMessage | undefined;
}

export interface UnconfirmedStore {
  readonly read: UnconfirmedReader;
  /** Keeps a form, with the mail that has it confirmed: both, or neither where no turn was left or it is not as it was read. */
  readonly keep: (form: KeptForm) => Promise<'done' | 'changed' | 'pass-spent'>;
}

export const unconfirmedStore = (
  client: DocumentClient,
  { registry, outbox }: Tables,
  system: System,
): UnconfirmedStore => ({
  read: unconfirmedReader(client, registry),

  async keep({ before, after, turn, message }) {
    const writes = [
      putUnconfirmed(registry, before, after),
      spendPass(registry, after.eventId, turn),
      ...(message ? [putMessage(outbox, message, unconfirmedEnd(after))] : []),
    ];
    const [refusal] = await transact(client, writes, system);
    if (refusal === undefined) return 'done';
    return refusal.position === 0 ? 'changed' : 'pass-spent';
  },
});

const NOT_THERE = 'attribute_not_exists(pk)';
const AS_READ = 'edition = :edition AND attribute_not_exists(confirmedAt)';
const CONFIRMED_AS_READ = 'edition = :edition AND attribute_exists(confirmedAt)';

/** Writes a form whole: a new one, or one that is still as it was read. */
export const putUnconfirmed = (
  table: string,
  before: UnconfirmedForm | undefined,
  after: UnconfirmedForm,
): TransactItem => ({
  Put: {
    TableName: table,
    Item: toUnconfirmedItem(after),
    ...(before === undefined
      ? { ConditionExpression: NOT_THERE }
      : {
          ConditionExpression: before.confirmedAt === undefined ? AS_READ : CONFIRMED_AS_READ,
          ExpressionAttributeValues: { ':edition': before.edition },
        }),
  },
});
