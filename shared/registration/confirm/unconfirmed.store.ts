import { NOT_THERE, unconfirmedKey } from '../../kernel/dynamo/keys.ts';
import { readItem } from '../../kernel/dynamo/queries.store.ts';
import { type TransactItem, transact } from '../../kernel/dynamo/transact.store.ts';
import {
  isProvenNamed,
  type LinkName,
  type NamedClaim,
  namedToken,
  parseNamedToken,
} from '../../kernel/keys/named-link.store.ts';
import { type MailTurn, spendPass } from '../../kernel/keys/pass.store.ts';
import type { Secrets } from '../../kernel/keys/secrets.store.ts';
import type { Database, Given } from '../../kernel/parts.store.ts';
import type { OutboxMessage } from '../../mail/outbox/message.schema.ts';
import { putMessage } from '../../mail/outbox/outbox-items.store.ts';
import {
  fromUnconfirmedItem,
  toUnconfirmedItem,
  type UnconfirmedForm,
  unconfirmedEnd,
} from './unconfirmed-item.schema.ts';

interface KeptForm {
  readonly before: UnconfirmedForm | undefined;
  readonly after: UnconfirmedForm;
  readonly turn: MailTurn;
  readonly message: OutboxMessage | undefined;
}

interface UnconfirmedStore {
  readonly read: UnconfirmedReader;
  /** Keeps a form, with the mail that has it confirmed: both, or neither where no turn was left or it is not as it was read. */
  readonly keep: (form: KeptForm) => Promise<'done' | 'changed' | 'pass-spent'>;
}

export const unconfirmedStore = ({
  client,
  registry,
  outbox,
  system,
}: Given<'registry' | 'outbox'>): UnconfirmedStore => ({
  read: unconfirmedReader({ client, registry }),

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

declare module '../../kernel/parts.store.ts' {
  interface Parts {
    readonly unconfirmed: UnconfirmedStore;
  }
}

/** A form as it is now; it may be past its time. */
type UnconfirmedReader = (eventId: string, id: string) => Promise<UnconfirmedForm | undefined>;

export const unconfirmedReader =
  ({ client, registry: table }: Database<'registry'>): UnconfirmedReader =>
  async (eventId, id) => {
    const item = await readItem(client, table, unconfirmedKey(eventId, id));
    return item && fromUnconfirmedItem(item);
  };

declare module '../../kernel/parts.store.ts' {
  interface Parts {
    readonly readUnconfirmed: UnconfirmedReader;
  }
}

/** The token of the link by which a form that came by mail is confirmed. */
export const confirmToken = (form: LinkName, secrets: Secrets): Promise<string> =>
  namedToken('confirm-link', form, secrets);

/** Total: anything that is not a token is `undefined`. */
export const parseConfirmToken = (token: string): NamedClaim | undefined => parseNamedToken(token);

/** Whether a claim proves itself for a form as its link is now. */
export const isProvenConfirm = (claim: NamedClaim, form: LinkName, secrets: Secrets): Promise<boolean> =>
  isProvenNamed('confirm-link', claim, form, secrets);
