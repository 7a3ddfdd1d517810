import { randomBytes } from 'node:crypto';
import { minutesKept } from '../../shared/checkin/attendance/minutes.ts';
import { ticketHolderOf } from '../../shared/checkin/holder.ts';
import { listsOf, listTermsOf } from '../../shared/checkin/list/list.ts';
import { keepScan } from '../../shared/checkin/scan/keep-scan.case.ts';
import { ONLINE } from '../../shared/checkin/scan/scan.ts';
import type { AttendanceMode, EventDefinition } from '../../shared/event/event.ts';
import { retentionEnd } from '../../shared/event/event-times.ts';
import type { DocumentClient } from '../../shared/kernel/dynamo/client.store.ts';
import { realSystem } from '../../shared/kernel/system.store.ts';
import type { Registration } from '../../shared/registration/registration.schema.ts';
import { ticketHashOf } from '../../shared/ticket/ticket-names.store.ts';

interface Coming {
  readonly event: EventDefinition<unknown>;
  readonly registration: Registration;
  /** The id of the list on which they come. */
  readonly list: string;
  readonly how: AttendanceMode;
}

/** Lets someone be there, now, as a door or joining does; whenever the event is. */
export async function comesIn(
  { client, registry }: { readonly client: DocumentClient; readonly registry: string },
  { event, registration, list: listId, how }: Coming,
): Promise<void> {
  const list = listsOf(event).find(({ id }) => id === listId);
  const door = list && listTermsOf(event, list);
  if (door === undefined) throw new Error(`there is no list ${listId}`);
  const now = Date.now();
  const holder = ticketHolderOf(event, { ...registration, mode: how }, { minors: 1, chaperones: 2 });
  await keepScan(
    { client, registry, system: realSystem },
    {
      ...{ scanId: randomBytes(16).toString('base64url'), list: listId, ticket: ticketHashOf(registration) },
      ...{ device: how === 'online' ? ONLINE : 'door', kind: 'in', scannedAt: now, correctedAt: now },
    },
    {
      ...{ eventId: event.id, door: { ...door, modes: ['in-person', 'online'] }, enrolledAt: 0 },
      ...{ holder: { ...holder, reference: registration.reference }, expiresAt: retentionEnd(event) },
      minutes: minutesKept(event),
    },
  );
}
