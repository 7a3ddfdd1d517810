import { eventOf } from '../../event/event-of.case.ts';
import { retentionEnd } from '../../event/event-times.ts';
import { BusyError, InvalidInputError, ProblemError } from '../../kernel/errors.ts';
import type { Needs } from '../../kernel/parts.store.ts';
import { audited } from '../../team/audit/audited.case.ts';
import type { Permitted } from '../../team/role/permitted.case.ts';
import { cleaned } from '../texts.ts';
import { addCheckInDecision } from './check-in-decision.store.ts';
import { readCheckIns } from './check-ins.case.ts';
import { inboxReply } from './conflicts.case.ts';
import { type Decision, judgeDecision, type Said } from './decision.ts';
import { inboxOf, readInbox } from './inbox.case.ts';
import { whoseTickets } from './whose-tickets.case.ts';

type Deps = Needs<'attempt' | 'auditTable' | 'client' | 'events' | 'registry' | 'roles' | 'system' | 'write'>;

/** Each lost race means that somebody else decided on the same ticket. */
const MOST_RACES = 5;
const LONGEST_NOTE = 500;

/**
 * Notes what a person says of scans that they saw: once, however often it is sent, and never of scans on which somebody else
 * decided meanwhile, or which came later.
 */
export const decideConflict =
  (deps: Deps): Permitted<'decideConflict'> =>
  async (
    { params: { eventId, listId: list, ticket }, body: { decision, scans, after, note: typed }, language },
    caller,
  ) => {
    const { event } = await eventOf(deps, eventId, language);
    const note = typed === undefined ? '' : cleaned('note', typed, { max: LONGEST_NOTE, lines: true });
    const what = { decision, scans: [...new Set(scans)], ...(note !== '' && { note }) };
    const said: Said = { ...what, after };
    for (let race = 1; race <= MOST_RACES; race += 1) {
      const inbox = await readInbox(deps, eventId);
      const toSee = inbox.toSee.find((each) => each.list === list && each.ticket === ticket);
      const before = inbox.decisionsOn({ list, ticket });
      if (toSee === undefined && before.length === 0) throw new ProblemError('not-found');
      const judged = judgeDecision(toSee, before, said);
      if (judged === 'out-of-date') throw new ProblemError('out-of-date');
      if (judged === 'known') return inboxReply(deps, event, caller, inbox);
      if (note !== '') await requireHolder(deps, eventId, { list, ticket });
      const decided: Decision = { list, ticket, ...what, at: deps.system.now().toISOString(), by: caller.id };
      const refusals = await deps.attempt([
        addCheckInDecision(deps.registry, eventId, decided, before.length, retentionEnd(event)),
        audited(deps, event, caller, 'decide-conflict', list),
      ]);
      if (refusals.length > 0) await deps.system.backOff(race);
      else return inboxReply(deps, event, caller, inboxOf(inbox.toSee, [...inbox.decisions, decided]));
    }
    throw new BusyError();
  };

/**
 * A note may say who it was, and goes with them: of a ticket that somebody had and has no more, none is kept. It is erased fifteen
 * seconds after they are; whoever decides by what they read before is done by then.
 */
async function requireHolder(deps: Deps, eventId: string, of: Pick<Decision, 'list' | 'ticket'>): Promise<void> {
  const checkIn = (await readCheckIns(deps, eventId, [of]))(of);
  if (checkIn === undefined) return;
  const { isGone = false } = (await whoseTickets(deps, eventId, [checkIn])).get(checkIn) ?? {};
  const problem = 'nobody has this ticket any more, and nothing is written of whoever had it';
  if (isGone) throw new InvalidInputError([{ path: 'note', code: 'does-not-fit', params: { problem } }]);
}
