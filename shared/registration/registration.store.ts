import * as z from 'zod';
import { eventMemory } from '../event/event.store.ts';
import { itemReader, type LocalisedEvent } from '../event/localised-event.store.ts';
import { batchGet } from '../kernel/dynamo/batch-get.store.ts';
import { NOT_THERE, registrationKey } from '../kernel/dynamo/keys.ts';
import { readItem } from '../kernel/dynamo/queries.store.ts';
import { TABLES } from '../kernel/dynamo/tables.ts';
import type { TransactItem } from '../kernel/dynamo/transact.store.ts';
import type { Given } from '../kernel/parts.store.ts';
import { withHistory } from './change/history.store.ts';
import { changesShard } from './list/changes-shard.ts';
import { changePlace } from './list/registration-changes.store.ts';
import { type MinorDetails, OF_MINORS, type Registration, storedRegistration } from './registration.schema.ts';
import type { Changer } from './registration.ts';

const ITEM_VERSION = 1;

type Stored = z.output<ReturnType<typeof storedRegistration>>;

/** What was read of a registration, with what minors alone have as their group. An adult's has none of it, and stays as it is. */
export function withMinorGrouped<T extends MinorDetails & Pick<Stored, 'ageBand'>>(
  read: T,
): Omit<T, keyof MinorDetails> & Pick<Registration, 'minor'> {
  if (read.ageBand !== 'minor') return read;
  const isOfMinors = ([name]: [string, unknown]): boolean => (OF_MINORS as readonly string[]).includes(name);
  const attributes = Object.entries(read);
  const others = Object.fromEntries(attributes.filter((each) => !isOfMinors(each))) as Omit<T, keyof MinorDetails>;
  return { ...others, minor: Object.fromEntries(attributes.filter(isOfMinors)) };
}

function grouped(stored: Stored): Registration {
  const {
    waitingSince: since,
    meanwhile,
    movedUp,
    certificateRevoked: revoked,
    renamedAt,
    ...registration
  } = withMinorGrouped(stored);
  const isMarked = revoked !== undefined || renamedAt !== undefined;
  return {
    ...registration,
    ...(since !== undefined && { waiting: { since, ...(meanwhile && { meanwhile }), ...(movedUp && { movedUp }) } }),
    ...(isMarked && { certificate: { ...(revoked && { revoked }), ...(renamedAt && { renamedAt }) } }),
  };
}

const flat = ({ waiting, minor, certificate, ...registration }: Registration) => ({
  ...registration,
  ...minor,
  ...(waiting && { waitingSince: waiting.since, meanwhile: waiting.meanwhile, movedUp: waiting.movedUp }),
  ...(certificate && { certificateRevoked: certificate.revoked, renamedAt: certificate.renamedAt }),
});

/** @param expiresAt epoch seconds after which the table forgets the item */
export const toRegistrationItem = (registration: Registration, expiresAt: number) => ({
  ...registrationKey(registration.eventId, registration.reference),
  v: ITEM_VERSION,
  ...flat(registration),
  [TABLES.registry.indexes.changes.partitionKey]: changesShard(registration),
  ...changePlace(registration, registration.changedAt),
  expiresAt,
});

/** @throws ZodError when the table holds something that is not a registration of a known version */
export function fromRegistrationItem(item: Record<string, unknown>): Registration {
  z.object({ v: z.literal(ITEM_VERSION) }).parse(item);
  return grouped(storedRegistration().parse(item));
}

/** Physical names of the tables that registering writes to. */
export interface Tables {
  readonly registry: string;
  readonly outbox: string;
}

const REGISTRATION_UNCHANGED = 'revision = :revision';

/**
 * Writes a registration whole: a new one, or one that still has the revision before. What it said before goes into its history.
 *
 * @param by who changes it
 */
export const putRegistration = (
  table: string,
  before: Registration | undefined,
  after: Registration,
  expiresAt: number,
  by: Changer,
): TransactItem => ({
  Put: {
    TableName: table,
    Item: toRegistrationItem(withHistory(before, after, by), expiresAt),
    ...(before === undefined
      ? { ConditionExpression: NOT_THERE }
      : {
          ConditionExpression: REGISTRATION_UNCHANGED,
          ExpressionAttributeValues: { ':revision': before.revision },
        }),
  },
});

/** One that still has the revision that was read. */
export const deleteRegistration = (table: string, { eventId, reference, revision }: Registration): TransactItem => ({
  Delete: {
    TableName: table,
    Key: registrationKey(eventId, reference),
    ConditionExpression: REGISTRATION_UNCHANGED,
    ExpressionAttributeValues: { ':revision': revision },
  },
});

/** Refuses what is written with it where one is not as it was read. @param revision nothing where there was none */
export const requireUnchanged = (
  table: string,
  eventId: string,
  reference: string,
  revision: number | undefined,
): TransactItem => ({
  ConditionCheck: {
    TableName: table,
    Key: registrationKey(eventId, reference),
    ...(revision === undefined
      ? { ConditionExpression: NOT_THERE }
      : {
          ConditionExpression: REGISTRATION_UNCHANGED,
          ExpressionAttributeValues: { ':revision': revision },
        }),
  },
});

export interface RegistrationWithEvent extends LocalisedEvent {
  readonly registration: Registration;
}

export interface RegistrationStore {
  /** A registration with its event in one language, in one read. */
  readonly readWithEvent: (
    eventId: string,
    reference: string,
    language: string,
  ) => Promise<RegistrationWithEvent | undefined>;
  /** The registration as it stands now, strongly consistent: what a change is decided on. */
  readonly read: (eventId: string, reference: string) => Promise<Registration | undefined>;
}

export function registrationStore({
  client,
  registry: table,
  system,
}: Given<'registry', 'backOff'>): RegistrationStore {
  const events = eventMemory(itemReader(client, table, system));
  return {
    async readWithEvent(eventId, reference, language) {
      const event = events(eventId, language);
      const key = registrationKey(eventId, reference);
      // The outbox reads right after the write that woke it, a holder right after a press: neither may miss it.
      const item = await batchGet(client, table, [key, ...event.keys], system, true);
      const found = item(key);
      const localised = await event.found(item);
      return found && localised && { registration: fromRegistrationItem(found), ...localised };
    },

    async read(eventId, reference) {
      const key = registrationKey(eventId, reference);
      const item = await readItem(client, table, key);
      return item && fromRegistrationItem(item);
    },
  };
}

declare module '../kernel/parts.store.ts' {
  interface Parts {
    readonly registrations: RegistrationStore;
  }
}
