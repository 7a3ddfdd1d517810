import { paginateQuery } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import type { DocumentClient } from '../../kernel/dynamo/client.store.ts';
import { registrationPartition } from '../../kernel/dynamo/keys.ts';
import { once } from '../../kernel/once.ts';
import { CROCKFORD } from '../../kernel/text/crockford.ts';
import { type MinorDetails, type Registration, storedRegistration } from '../../registration/registration.schema.ts';
import { withMinorGrouped } from '../../registration/registration.store.ts';
import { ticketHashOf } from '../../ticket/ticket-names.store.ts';

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

/** Partitions that are read at once. */
const AT_ONCE = 8;

/**
 * Who has one of these tickets, looked for among everyone, strongly consistent: a read unit for each 4 KB of all registrations. For tickets
 * that nothing else names.
 *
 * @param sought `ticketHash`, base64url
 * @returns their references
 */
export async function referencesOfTickets(
  client: DocumentClient,
  table: string,
  eventId: string,
  sought: ReadonlySet<string>,
): Promise<readonly string[]> {
  const found: string[] = [];
  const partitions = [...CROCKFORD];
  const look = async (): Promise<void> => {
    for (let first = partitions.pop(); first !== undefined; first = partitions.pop()) {
      const query = {
        TableName: table,
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: { ':pk': registrationPartition(eventId, first) },
        ProjectionExpression: 'sk, ticketId',
        ConsistentRead: true,
      };
      for await (const { Items = [] } of paginateQuery({ client }, query)) {
        const theirs = Items.filter(({ ticketId }) => sought.has(ticketHashOf({ ticketId })));
        found.push(...theirs.map(({ sk }) => String(sk)));
      }
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, look));
  return found;
}
