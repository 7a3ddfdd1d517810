import type { EventDefinition } from '../../event/event.ts';
import { lastDay } from '../../event/event-times.ts';
import type { Needs } from '../../kernel/parts.store.ts';
import { readRegistrations } from '../../registration/list/read-registrations.store.ts';
import type { Registration } from '../../registration/registration.schema.ts';
import { noteRead } from '../../team/audit/audited.case.ts';
import { maySee } from '../../team/role/organiser-role.ts';
import type { Caller } from '../../team/role/permitted.case.ts';
import { revokedTickets } from '../../ticket/revoked-ticket.store.ts';
import { ticketHashOf } from '../../ticket/ticket-names.store.ts';
import type { CheckIn } from '../scan/check-in.store.ts';

type Deps = Needs<'auditTable' | 'client' | 'registry' | 'system' | 'write'>;

/** Whose ticket was scanned. */
export interface Whose {
  readonly holder?: Registration | undefined;
  /** Somebody had it, and has it no more: they have another ticket, gave their place away, or had everything erased. */
  readonly isGone: boolean;
}

/** By what was read, as it is now. */
export async function whoseTickets(
  { client, registry, system }: Pick<Deps, 'client' | 'registry' | 'system'>,
  eventId: string,
  checkIns: readonly CheckIn[],
): Promise<ReadonlyMap<CheckIn, Whose>> {
  const references = checkIns.flatMap(({ reference }) => reference ?? []);
  const isUnnamed = checkIns.some(({ reference }) => reference === undefined);
  const [registrations, revoked] = await Promise.all([
    readRegistrations(client, registry, eventId, references, system),
    isUnnamed ? revokedTickets(client, registry, eventId) : [],
  ]);
  const byTicket = new Map(registrations.map((each) => [ticketHashOf(each), each]));
  const gone = new Set(revoked.map(({ ticket }) => ticket));
  return new Map(
    checkIns.map((checkIn) => {
      const { ticket, reference } = checkIn;
      const known = byTicket.get(ticket);
      // Of someone under 18 who ended nothing stays but the ticket's number.
      const holder = known?.fullName === '' ? undefined : known;
      return [checkIn, { holder, isGone: holder === undefined && (reference !== undefined || gone.has(ticket)) }];
    }),
  );
}

/** Their names, as far as the caller may see them. That children are named is noted before (CS14, CS15). */
export async function namesOf(
  deps: Deps,
  event: EventDefinition<string>,
  caller: Caller,
  tickets: ReadonlyMap<CheckIn, Whose>,
): Promise<ReadonlyMap<CheckIn, string>> {
  const named = [...tickets].flatMap(([checkIn, { holder }]) =>
    holder !== undefined && maySee(caller.grants, holder, lastDay(event)) ? [{ checkIn, holder }] : [],
  );
  if (named.some(({ holder }) => holder.ageBand === 'minor')) await noteRead(deps, event, caller, 'list-minors');
  return new Map(named.map(({ checkIn, holder }) => [checkIn, holder.fullName]));
}
