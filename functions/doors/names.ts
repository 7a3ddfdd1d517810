import { ticketHashOf } from '../../shared/checking-in/ticket-hash.ts';
import type { EventDefinition } from '../../shared/domain/event.ts';
import { lastDay } from '../../shared/domain/event-times.ts';
import { maySee } from '../../shared/domain/organiser-role.ts';
import { noteRead } from '../../shared/organising/audited.ts';
import type { Caller } from '../../shared/organising/permitted.ts';
import type { CheckIn } from '../../shared/store/check-in-item.ts';
import { readRegistrations } from '../../shared/store/read-registrations.ts';
import type { Deps } from './deps.ts';

/**
 * Whose tickets were scanned, as far as the caller may see them: of nobody who has another ticket by now, or gave their place to
 * someone else. That children are named is noted before (CS14, CS15).
 */
export async function namesOf(
  deps: Deps,
  event: EventDefinition<string>,
  caller: Caller,
  checkIns: readonly CheckIn[],
): Promise<ReadonlyMap<CheckIn, string>> {
  const { client, registry, system } = deps;
  const references = checkIns.flatMap(({ reference }) => reference ?? []);
  const all = await readRegistrations(client, registry, event.id, references, system);
  const seen = all.filter((each) => maySee(caller.grants, each, lastDay(event)));
  const byTicket = new Map(await Promise.all(seen.map(async (each) => [await ticketHashOf(each), each] as const)));
  const named = checkIns.flatMap((checkIn) => {
    const holder = byTicket.get(checkIn.ticket);
    return holder === undefined ? [] : [{ checkIn, holder }];
  });
  if (named.some(({ holder }) => holder.ageBand === 'minor')) await noteRead(deps, event, caller, 'list-minors');
  return new Map(named.map(({ checkIn, holder }) => [checkIn, holder.fullName]));
}
