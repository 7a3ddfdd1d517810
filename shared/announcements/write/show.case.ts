import { eventOf } from '../../event/event-of.case.ts';
import { lastDay } from '../../event/event-times.ts';
import { ProblemError } from '../../kernel/errors.ts';
import { json } from '../../kernel/http/reply.ts';
import type { Needs } from '../../kernel/parts.store.ts';
import { noteRead } from '../../team/audit/audited.case.ts';
import { maySee } from '../../team/role/organiser-role.ts';
import type { Permitted } from '../../team/role/permitted.case.ts';
import { RESULT_STATES } from '../message-result.ts';
import { namesOf, recipientsOf } from './recipients.case.ts';
import { summaryOf } from './summary.case.ts';

type Deps = Needs<
  'announcements' | 'auditTable' | 'events' | 'listRegistrations' | 'mail' | 'secrets' | 'system' | 'write'
>;

const PAGE = 50;

/**
 * What became of each mail of an announcement. Whoever the caller may not see is counted and not named; that anyone under 18
 * is named is noted.
 */
export const showMessage =
  (deps: Deps): Permitted<'showMessage'> =>
  async ({ params: { eventId, messageId }, query: { state, cursor }, language }, caller) => {
    const [{ event }, announcement] = await Promise.all([
      eventOf(deps, eventId, language),
      deps.announcements.read(eventId, messageId),
    ]);
    if (announcement === undefined) throw new ProblemError('not-found');
    const recipients = await recipientsOf(deps, event, announcement);
    const counts = Object.fromEntries(
      RESULT_STATES.map((each) => [each, recipients.filter((one) => one.state === each).length]),
    );
    const named = recipients.filter(({ people }) =>
      people.every((each) => maySee(caller.grants, each, lastDay(event))),
    );
    // A page goes on after whom the last one ended with, also where they are not in this state any more; from the start, where they are gone.
    const next = named.slice(named.findIndex(({ reference }) => reference === cursor) + 1);
    const rest = next.filter((one) => state === undefined || one.state === state);
    const shown = rest.slice(0, PAGE);
    if (shown.some(({ people }) => people.some(({ ageBand }) => ageBand === 'minor'))) {
      await noteRead(deps, event, caller, 'list-minors');
    }
    return json(200, {
      ...summaryOf(event, announcement),
      words: announcement.words,
      counts,
      forgotten: Math.max(0, announcement.written - recipients.length),
      unnamed: recipients.length - named.length,
      results: shown.map(({ reference, people, state: became, failure, fate }) => ({
        reference,
        fullName: namesOf(people),
        people: people.length,
        state: became,
        ...(became === 'failed' && { failure }),
        ...(fate && { fate: fate.what }),
      })),
      ...(rest.length > PAGE && { next: shown.at(-1)?.reference }),
    });
  };
