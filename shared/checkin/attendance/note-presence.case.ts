import { createHash } from 'node:crypto';
import type { EventDefinition, Session } from '../../event/event.ts';
import { retentionEnd } from '../../event/event-times.ts';
import type { Needs } from '../../kernel/parts.store.ts';
import type { Registration } from '../../registration/registration.schema.ts';
import { ticketHashOf } from '../../ticket/ticket-names.store.ts';
import { holderOf } from '../holder.ts';
import { readCheckInLists } from '../list/check-in-lists.store.ts';
import { doorOf } from '../list/list.ts';
import { keepScan } from '../scan/keep-scan.case.ts';
import { ONLINE } from '../scan/scan.ts';

type Deps = Needs<'client' | 'system' | 'tables'>;

/** 128 bits, as of any scan. */
const SCAN_ID_BYTES = 16;
/** Nobody has to look after people under 18 who are not in the room. */
const NO_HEADCOUNT = { minors: 0, chaperones: 0 };

/**
 * Notes that someone came to a session online, in the same list in which people at its door are. However often they press, it is one
 * scan: its id is made from their ticket and the list.
 */
export async function notePresence(
  { client, tables, system }: Deps,
  { event, registration }: { readonly event: EventDefinition<string>; readonly registration: Registration },
  { id: session }: Session<string>,
): Promise<void> {
  const { lists } = await readCheckInLists(client, tables.registry, event);
  const list = lists.find(({ place }) => place.kind === 'session' && place.session === session);
  const door = list && doorOf(event, list);
  if (door === undefined) throw new Error('a session that can be joined has no list');
  const ticket = ticketHashOf(registration);
  const now = system.now().getTime();
  const times = { scannedAt: now, correctedAt: now };
  const scan = { scanId: idOf(ticket, door.id), list: door.id, ticket, device: ONLINE, kind: 'in' as const, ...times };
  const { reference } = registration;
  const holder = { reference, ...holderOf(event, { ...registration, mode: 'online' }, NO_HEADCOUNT) };
  await keepScan({ client, registry: tables.registry, system }, scan, {
    eventId: event.id,
    // Whoever may join was let in before: they are in no doubt for being where the list has nobody scanned.
    door: { ...door, modes: [...door.modes, 'online'], categories: undefined },
    holder: { ...holder, isConfirmed: true },
    enrolledAt: 0,
    expiresAt: retentionEnd(event),
  });
}

const idOf = (ticket: string, list: string): string =>
  createHash('sha256').update(`${ONLINE} ${list} ${ticket}`).digest().subarray(0, SCAN_ID_BYTES).toString('base64url');
