import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { grantRoles } from '../events/grant-roles.ts';
import { loadEvent } from '../events/load.ts';
import { publishEvent } from '../events/publish.ts';
import type { Database } from './database.ts';
import { PEOPLE } from './identity/people.ts';

/** The event that the site opens with. */
export const SAMPLE_EVENT = 'asean-ict-forum';

const EVENTS = fileURLToPath(new URL('../events/', import.meta.url));

/** Publishes every event definition of the project; what is there already stays as it is. */
export async function seedEvents({ client, tables }: Pick<Database, 'client' | 'tables'>): Promise<void> {
  for (const file of readdirSync(EVENTS).filter((name) => name.endsWith('.yaml'))) {
    await publishEvent(loadEvent(EVENTS + file), {
      dynamodb: client,
      tableName: tables.registry,
      outboxTable: tables.outbox,
    });
  }
}

/** Gives the made-up people of the sign-in page their roles in the sample event. */
export async function seedRoles(
  { client, tables }: Pick<Database, 'client' | 'tables'>,
  issuer: string,
): Promise<void> {
  for (const { subject, name, grants, email } of PEOPLE.filter(({ grants }) => grants.length > 0)) {
    const granted = { eventId: SAMPLE_EVENT, identity: { issuer, subject }, label: name, grants, email };
    await grantRoles(granted, { dynamodb: client, tableName: tables.registry });
  }
}
