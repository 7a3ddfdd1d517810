import { type Decision, decisionsOn, judgeDecision, type Said } from '../../shared/domain/check-in/decision.ts';
import { retentionEnd } from '../../shared/domain/event-times.ts';
import { BusyError, ProblemError } from '../../shared/errors.ts';
import { audited } from '../../shared/organising/audited.ts';
import { eventOf } from '../../shared/organising/event-of.ts';
import type { Permitted } from '../../shared/organising/permitted.ts';
import { addCheckInDecision } from '../../shared/store/check-in-decision-item.ts';
import { inboxReply } from './conflicts.ts';
import type { Deps } from './deps.ts';
import { readInbox } from './inbox.ts';
import { cleaned } from './texts.ts';

/** Each lost race means that somebody else decided on the same ticket. */
const MOST_RACES = 5;
const LONGEST_NOTE = 500;

/**
 * Notes what a person says of scans that they saw: once, however often it is sent, and never of scans on which somebody else
 * decided, or which came later.
 */
export const decideConflict =
  (deps: Deps): Permitted<'decideConflict'> =>
  async ({ params: { eventId, listId: list, ticket }, body: { decision, scans, note: typed }, language }, caller) => {
    const { event } = await eventOf(deps, eventId, language);
    const note = typed === undefined ? '' : cleaned('note', typed, { max: LONGEST_NOTE, lines: true });
    const said: Said = { decision, scans: [...new Set(scans)], ...(note !== '' && { note }) };
    for (let race = 1; race <= MOST_RACES; race += 1) {
      const inbox = await readInbox(deps, eventId);
      const toSee = inbox.toSee.find((each) => each.list === list && each.ticket === ticket);
      const before = decisionsOn({ list, ticket }, inbox.decisions);
      if (toSee === undefined && before.length === 0) throw new ProblemError('not-found');
      const judged = judgeDecision(toSee, before, said);
      if (judged === 'out-of-date') throw new ProblemError('out-of-date');
      if (judged === 'known') return inboxReply(deps, event, caller, inbox);
      const decided: Decision = { list, ticket, ...said, at: deps.system.now().toISOString(), by: caller.id };
      const refusals = await deps.attempt([
        addCheckInDecision(deps.registry, eventId, decided, before.length, retentionEnd(event)),
        audited(deps, event, caller, 'decide-conflict', list),
      ]);
      if (refusals.length > 0) await deps.system.backOff(race);
      else return inboxReply(deps, event, caller, { ...inbox, decisions: [...inbox.decisions, decided] });
    }
    throw new BusyError();
  };
