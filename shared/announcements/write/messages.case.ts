import type { EventDefinition } from '../../event/event.ts';
import { eventOf } from '../../event/event-of.case.ts';
import { lastDay, retentionEnd } from '../../event/event-times.ts';
import { ProblemError } from '../../kernel/errors.ts';
import { json } from '../../kernel/http/reply.ts';
import type { Needs } from '../../kernel/parts.store.ts';
import { compareNames } from '../../kernel/text/text.ts';
import { putJob } from '../../mail/outbox/outbox-items.store.ts';
import { readPeople } from '../../registration/people/people.case.ts';
import type { IndexedRow } from '../../registration/people/person.ts';
import { audited, noteRead } from '../../team/audit/audited.case.ts';
import { maySee } from '../../team/role/organiser-role.ts';
import type { Permitted } from '../../team/role/permitted.case.ts';
import type { StoredAnnouncement } from '../announcement.schema.ts';
import { stopAnnouncement } from '../announcement.store.ts';
import { isFor, type Meant, RESULT_STATES, type ResultState, resultOf } from '../announcement.ts';
import type { MESSAGE_ROUTES } from '../messages.routes.ts';
import { possibleRecipient } from './audience.ts';
import { countingJob, findResults, type MailGroup, possibleGroups } from './results.case.ts';

/** All that was written to many. */
export const listMessages =
  (deps: Needs<'announcements' | 'events'>): Permitted<typeof MESSAGE_ROUTES.listMessages> =>
  async ({ params: { eventId }, language }) => {
    const [{ event }, announcements] = await Promise.all([
      eventOf(deps, eventId, language),
      deps.announcements.list(eventId),
    ]);
    return json(200, { messages: announcements.map((each) => summaryOf(event, each)) });
  };

const PAGE = 50;

type ShowDeps = Needs<
  | 'announcements'
  | 'auditTable'
  | 'events'
  | 'mail'
  | 'people'
  | 'peopleMemory'
  | 'results'
  | 'resultsMemory'
  | 'secrets'
  | 'system'
  | 'write'
>;

/**
 * What became of each mail of an announcement, as it is, or of many as it was counted last. An attendee whom the caller may not see is
 * counted and not named; that anyone under 18 is named is noted.
 */
export const showMessage =
  (deps: ShowDeps): Permitted<typeof MESSAGE_ROUTES.showMessage> =>
  async ({ params: { eventId, messageId }, query: { state, cursor }, language }, caller) => {
    const [{ event }, announcement] = await Promise.all([
      eventOf(deps, eventId, language),
      deps.announcements.read(eventId, messageId),
    ]);
    if (announcement === undefined) throw new ProblemError('not-found');
    const known = await readPeople(deps, event);
    const groups = possibleGroups(known);
    const [found, chosen] = await Promise.all([
      findResults(deps, announcement, groups),
      deps.announcements.chosen(announcement),
    ]);
    const { mails } = found;
    const became = ({ outcome }: (typeof mails)[number]): ResultState => resultOf(outcome, announcement);
    const counts = Object.fromEntries(RESULT_STATES.map((each) => [each, 0])) as Record<ResultState, number>;
    for (const each of mails) counts[became(each)] += 1;
    // What was written since waits, as far as is known.
    const since = announcement.written - Math.max(found.written, mails.length);
    if (since > 0) counts[resultOf({ state: 'pending' }, announcement)] += since;
    const concerned = ({ group }: (typeof mails)[number]) => about(event, { ...announcement, chosen }, group);
    const last = lastDay(event);
    const named = mails.filter((each) => concerned(each).every((row) => maySee(caller.grants, row, last)));
    // A page goes on after whom the last one ended with, also where they are not in this state any more; from the start, where they are gone.
    const before = named.findIndex(({ group }) => group.some(({ reference }) => reference === cursor));
    const next = named.slice(before + 1);
    const rest = state === undefined ? next : next.filter((each) => became(each) === state);
    const shown = rest.slice(0, PAGE).map((each) => ({ ...each, state: became(each), people: concerned(each) }));
    const young = shown.flatMap(({ people }) => people.filter(({ ageBand }) => ageBand === 'minor'));
    if (young.length > 0) await noteRead(deps, event, caller, 'list-minors');
    const nameOf = await namesWith(deps, event, young);
    return json(200, {
      ...summaryOf(event, announcement),
      // One that was stopped in the middle of a page has mails of which it does not know any more that it wrote them.
      written: Math.max(announcement.written, mails.length),
      words: announcement.words,
      asOf: found.asOf,
      counts,
      forgotten: Math.max(0, found.written - mails.length),
      unnamed: mails.length - named.length,
      // People under 18, whose names are known by now, stand among the others of the page.
      results: shown
        .map(({ people, state: ended, outcome: { failure, fate } }) => ({
          reference: people[0].reference,
          fullName: people.map(nameOf).join(', '),
          people: people.length,
          state: ended,
          ...(ended === 'failed' && { failure }),
          ...(fate && { fate: fate.what }),
        }))
        .sort((a, b) => compareNames(a.fullName, b.fullName)),
      ...(rest.length > PAGE && { next: shown.at(-1)?.people[0].reference }),
    });
  };

/** Stops what an organiser sent: what has not been claimed by then does not leave any more. What left has left. */
export const stopMessage =
  (
    deps: Needs<'announcements' | 'attempt' | 'auditTable' | 'events' | 'outboxTable' | 'registry' | 'system'>,
  ): Permitted<typeof MESSAGE_ROUTES.stopMessage> =>
  async ({ params: { eventId, messageId }, language }, caller) => {
    const { event } = await eventOf(deps, eventId, language);
    const before = await deps.announcements.read(eventId, messageId);
    if (before?.kind !== 'organiser-message') throw new ProblemError('not-found');
    if (before.stoppedAt !== undefined) return json(200, summaryOf(event, before));
    await deps.attempt([
      stopAnnouncement(deps.registry, before, { stoppedAt: deps.system.now().toISOString() }),
      // What had left since it was counted last did not stop.
      ...(before.results ? [putJob(deps.outboxTable, countingJob(deps, before), retentionEnd(event))] : []),
      audited(deps, event, caller, 'stop-message', messageId),
    ]);
    const after = await deps.announcements.read(eventId, messageId);
    if (after === undefined) throw new ProblemError('not-found');
    return json(200, summaryOf(event, after));
  };

/** Names of people under 18 are in no index, and are read one by one. */
async function namesWith(
  { people }: Needs<'people'>,
  event: EventDefinition<string>,
  young: readonly IndexedRow[],
): Promise<(row: IndexedRow) => string> {
  const references = young.map(({ reference }) => reference);
  const minors = new Map((await people.registrations(event.id, references)).map((each) => [each.reference, each]));
  return (row) => (row.ageBand === 'minor' ? minors.get(row.reference)?.fullName : row.fullName) ?? '';
}

/** Of a coordinator's people those whom it is for; where it is for none of them any more, all whom it may have been for. */
function about(event: EventDefinition<string>, announcement: Meant, people: MailGroup): MailGroup {
  if (people.length === 1) return people;
  const [first, ...others] = people.filter((each) => isFor(announcement, possibleRecipient(event, each)));
  return first === undefined ? people : [first, ...others];
}

/** What a list says of an announcement. */
export const summaryOf = (
  { languages: [first = ''] }: Pick<EventDefinition<unknown>, 'languages'>,
  announcement: Omit<StoredAnnouncement, 'eventId'>,
) => ({
  id: announcement.id,
  kind: announcement.kind,
  subject: announcement.words?.[first]?.subject,
  segment: announcement.segment,
  createdAt: announcement.createdAt,
  expected: announcement.expected,
  written: announcement.written,
  doneAt: announcement.doneAt,
  stoppedAt: announcement.stoppedAt,
  senderLeft: announcement.senderLeft,
});
