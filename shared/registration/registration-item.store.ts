import * as z from 'zod';
import { registrationKey } from '../kernel/dynamo/keys.ts';
import { TABLES } from '../kernel/dynamo/tables.ts';
import { changesShard } from './list/changes-shard.ts';
import { changePlace } from './list/registration-changes.store.ts';
import { type Registration, storedRegistration } from './registration.schema.ts';

const ITEM_VERSION = 1;

type Stored = z.output<ReturnType<typeof storedRegistration>>;

const grouped = ({ waitingSince: since, meanwhile, ...registration }: Stored): Registration =>
  since === undefined ? registration : { ...registration, waiting: { since, ...(meanwhile && { meanwhile }) } };

const flat = ({ waiting, ...registration }: Registration) =>
  waiting === undefined ? registration : { ...registration, waitingSince: waiting.since, meanwhile: waiting.meanwhile };

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
