import type { EventDefinition } from '../../event/event.ts';
import type { Attendance } from '../../feedback/form/attended.ts';
import type { Given } from '../../kernel/parts.store.ts';
import type { Registration } from '../../registration/registration.schema.ts';
import { readCheckInLists } from '../list/check-in-lists.store.ts';
import { countsMemory, scannedOn } from './counted.store.ts';
import { whereTheyCame } from './where-they-came.store.ts';

/** Where someone came, and where anybody did, at doors and online alike. */
export type Attending = (
  event: EventDefinition<unknown>,
  registration: Pick<Registration, 'eventId' | 'ticketId'>,
) => Promise<Attendance & { readonly scannedAtDoors: Attendance['scanned'] }>;

/** @param registry its physical name */
export function attending({ client, registry, system }: Given<'registry', 'now'>): Attending {
  const counts = countsMemory({ client, registry, system });
  return async (event, registration) => {
    const { lists } = await readCheckInLists(client, registry, event);
    const [came, counted] = await Promise.all([
      whereTheyCame(client, registry, registration, lists),
      counts(event.id, lists),
    ]);
    return { lists, came, scanned: scannedOn(counted, 'and-online'), scannedAtDoors: scannedOn(counted) };
  };
}

declare module '../../kernel/parts.store.ts' {
  interface Parts {
    /** Where someone came, at doors and online. */
    readonly attending: Attending;
  }
}
