import { eventOf } from '../../event/event-of.case.ts';
import { retentionEnd } from '../../event/event-times.ts';
import { untilWritten } from '../../kernel/dynamo/transact.store.ts';
import { json } from '../../kernel/http/reply.ts';
import type { Needs } from '../../kernel/parts.store.ts';
import { audited } from '../../team/audit/audited.case.ts';
import type { Permitted } from '../../team/role/permitted.case.ts';
import type { Decision } from '../check-in-items.schema.ts';
import { readDevices } from '../device/known-device.case.ts';
import type { ALIKE_ROUTES } from './alike.routes.ts';
import { MOST_ALIKE } from './alike.schema.ts';
import { alike, isSettledAlone, type OpenTicket } from './alike.ts';
import { readCheckIns } from './conflicts.case.ts';
import { addCheckInDecision } from './decision.store.ts';
import { judgeDecision } from './decision.ts';
import { type Inbox, openIn, readInbox } from './overview.case.ts';

type ListDeps = Needs<'client' | 'events' | 'registry' | 'system'>;

/** The oldest tickets, where there are more than are read at once: the others come as these are settled. */
export const listAlike =
  (deps: ListDeps): Permitted<typeof ALIKE_ROUTES.listAlike> =>
  async ({ params: { eventId }, language }) => {
    await eventOf(deps, eventId, language);
    const inbox = await readInbox(deps, eventId);
    const toSee = inbox.toSee.filter((each) => openIn(inbox, each).length > 0).slice(0, MOST_ALIKE);
    const [checkInOf, devices] = await Promise.all([readCheckIns(deps, eventId, toSee), readDevices(deps, eventId)]);
    const called = new Map(devices.map(({ id, name }) => [id, name]));
    const open = toSee.map((each): OpenTicket => {
      const { marks = [], doubts = {} } = checkInOf(each) ?? {};
      const ids = new Set(openIn(inbox, each));
      const scans = marks
        .filter(({ scanId }) => ids.has(scanId))
        .map(({ scanId, device }) => ({ scanId, phone: device, why: doubts[scanId] ?? 'conflict' }));
      return { list: each.list, ticket: each.ticket, scans, decisions: inbox.decisionsOn(each).length };
    });
    const causes = alike(open).map((each) => ({ ...each, device: called.get(each.phone) ?? each.phone }));
    return json(200, { causes });
  };

type SettleDeps = Needs<'attempt' | 'auditTable' | 'client' | 'events' | 'registry' | 'system'>;

/** Each lost race means that another organiser decided on one of the tickets. */
const MOST_RACES = 5;

/**
 * Notes one decision on scans of many tickets, with one entry of the audit that says of how many: all at once, so that whoever is killed and
 * sends it again does it once. Of a ticket on which another organiser decided meanwhile, or of which a scan was taken back, nothing is noted;
 * scans that came meanwhile stay open. Of a scan that concerns a child nothing is noted here: they are looked at child by child.
 */
export const settleAlike =
  (deps: SettleDeps): Permitted<typeof ALIKE_ROUTES.settleAlike> =>
  async ({ params: { eventId, listId: list }, body: { decision, cases }, language }, caller) => {
    const { event } = await eventOf(deps, eventId, language);
    // A ticket that is named twice is one.
    const asked = [...new Map(cases.map((each) => [each.ticket, each])).values()];
    const attempt = async () => {
      const inbox = await readInbox(deps, eventId);
      const checkInOf = await readCheckIns(
        deps,
        eventId,
        asked.map(({ ticket }) => ({ list, ticket })),
      );
      const at = deps.system.now().toISOString();
      const said = asked.map(({ ticket, after, scans: named }) => {
        const scans = [...new Set(named)];
        const decided: Decision = { list, ticket, decision, scans, at, by: caller.id };
        const { doubts = {} } = checkInOf(decided) ?? {};
        const isAlone = scans.some((scan) => isSettledAlone(doubts[scan]));
        return { after, decided, judged: isAlone ? 'out-of-date' : judge(inbox, decided, after) };
      });
      const fresh = said.filter(({ judged }) => judged === 'new');
      const left = said.filter(({ judged }) => judged === 'out-of-date').length;
      const done = json(200, { settled: said.length - left, left });
      if (fresh.length === 0) return done;
      const refusals = await deps.attempt([
        ...fresh.map(({ decided, after }) =>
          addCheckInDecision(deps.registry, eventId, decided, after, retentionEnd(event)),
        ),
        audited(deps, event, caller, 'decide-conflict', list, { people: fresh.length }),
      ]);
      return refusals.length === 0 ? done : undefined;
    };
    return untilWritten(deps.system, attempt, MOST_RACES);
  };

function judge({ toSee, decisionsOn }: Inbox, decided: Decision, after: number): ReturnType<typeof judgeDecision> {
  const { list, ticket, decision, scans } = decided;
  const found = toSee.find((each) => each.list === list && each.ticket === ticket);
  return judgeDecision(found, decisionsOn(decided), { decision, scans, after });
}
