import { listDevices } from '../../shared/checking-in/known-device.ts';
import { type Decision, openScans, type ToSee } from '../../shared/domain/check-in/decision.ts';
import { byRank } from '../../shared/domain/check-in/scan.ts';
import type { EventDefinition } from '../../shared/domain/event.ts';
import { json, type Reply } from '../../shared/http/reply.ts';
import { eventOf } from '../../shared/organising/event-of.ts';
import type { Caller, Permitted } from '../../shared/organising/permitted.ts';
import type { CheckIn } from '../../shared/store/check-in-item.ts';
import { readCheckIns } from './check-ins.ts';
import type { Deps } from './deps.ts';
import { type Inbox, readInbox } from './inbox.ts';
import { namesOf } from './names.ts';

export const listConflicts =
  (deps: Deps): Permitted<'listConflicts'> =>
  async ({ params: { eventId }, language }, caller) => {
    const { event } = await eventOf(deps, eventId, language);
    return inboxReply(deps, event, caller, await readInbox(deps, eventId));
  };

/** What is open, with all scans of the tickets that it is about; and what was decided, the last first. */
export async function inboxReply(
  deps: Deps,
  event: EventDefinition<string>,
  caller: Caller,
  { toSee, decisions }: Inbox,
): Promise<Reply> {
  const open = toSee.filter((each) => openScans(each, decisions).length > 0);
  const [checkIns, devices] = await Promise.all([readCheckIns(deps, event.id, open), listDevices(deps, event.id)]);
  const names = await namesOf(deps, event, caller, [...checkIns.values()]);
  const called = new Map(devices.map(({ id, name }) => [id, name]));
  return json(200, {
    conflicts: open.flatMap((each) => {
      const checkIn = checkIns.get(each);
      return checkIn === undefined ? [] : [viewOf(each, checkIn, decisions, called, names.get(checkIn))];
    }),
    decisions: [...decisions].sort((a, b) => b.at.localeCompare(a.at)),
  });
}

function viewOf(
  toSee: ToSee,
  { list, ticket, reference, marks, doubts }: CheckIn,
  decisions: readonly Decision[],
  called: ReadonlyMap<string, string>,
  name: string | undefined,
) {
  const open = openScans(toSee, decisions);
  const all = [...toSee.conflicts, ...toSee.doubts];
  return {
    ...{ list, ticket, reference, name },
    scans: [...marks].sort(byRank).map(({ scanId, device, kind, correctedAt }) => ({
      ...{ scanId, kind },
      device: called.get(device) ?? device,
      at: new Date(correctedAt).toISOString(),
      isConflict: toSee.conflicts.includes(scanId),
      doubt: toSee.doubts.includes(scanId) ? doubts[scanId] : undefined,
      isDecided: all.includes(scanId) && !open.includes(scanId),
    })),
  };
}
