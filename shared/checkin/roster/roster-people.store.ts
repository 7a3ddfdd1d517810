import { paginateQuery } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import type { DocumentClient } from '../../kernel/dynamo/client.store.ts';
import { registrationPartition } from '../../kernel/dynamo/keys.ts';
import { once } from '../../kernel/once.ts';
import { CROCKFORD } from '../../kernel/text/crockford.ts';
import { type MinorDetails, type Registration, storedRegistration } from '../../registration/registration.schema.ts';
import { withMinorGrouped } from '../../registration/registration.store.ts';

/** All that a phone's roster has to know of a registration, a third of what is kept. */
const ATTRIBUTES = [
  'eventId',
  'reference',
  'ticketId',
  'status',
  'hadTicket',
  'role',
  'badgeName',
  'organisation',
  'category',
  'mode',
  'days',
  'sessions',
  'closedSessions',
  'consents',
  'ageBand',
  'guardianConsents',
  'chaperone',
  'chaperoning',
  'hasNeeds',
] as const satisfies readonly (keyof Registration | keyof MinorDetails)[];

export type RosterPerson = Pick<Registration, Exclude<(typeof ATTRIBUTES)[number], keyof MinorDetails> | 'minor'>;

const stored = once(() => {
  const { shape } = storedRegistration();
  return z.object(Object.fromEntries(ATTRIBUTES.map((name) => [name, shape[name]])));
});

const PROJECTION = {
  ProjectionExpression: ATTRIBUTES.map((name) => `#${name}`).join(', '),
  ExpressionAttributeNames: Object.fromEntries(ATTRIBUTES.map((name) => [`#${name}`, name])),
};

/** Partitions that an event's registrations lie in. */
export const PARTITIONS = CROCKFORD.length;

/** Those of one of the partitions. A read unit for each 8 KB: what was written a moment ago is found by the index of changes. */
export async function rosterPeople(
  client: DocumentClient,
  table: string,
  eventId: string,
  partition: number,
): Promise<readonly RosterPerson[]> {
  const query = {
    TableName: table,
    KeyConditionExpression: 'pk = :pk',
    ExpressionAttributeValues: { ':pk': registrationPartition(eventId, CROCKFORD.charAt(partition)) },
    ...PROJECTION,
  };
  const people: RosterPerson[] = [];
  for await (const { Items = [] } of paginateQuery({ client }, query)) {
    people.push(...Items.map((item) => withMinorGrouped(stored().parse(item)) as unknown as RosterPerson));
  }
  return people;
}
