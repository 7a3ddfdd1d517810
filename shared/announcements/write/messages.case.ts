import type { EventDefinition } from '../../event/event.ts';
import { eventOf } from '../../event/event-of.case.ts';
import { lastDay } from '../../event/event-times.ts';
import { ProblemError } from '../../kernel/errors.ts';
import { json } from '../../kernel/http/reply.ts';
import type { Needs } from '../../kernel/parts.store.ts';
import { compareNames } from '../../kernel/text/text.ts';
import type { MailFate } from '../../mail/fate/mail-event.schema.ts';
import type { Failure } from '../../mail/outbox/message.schema.ts';
import { readPeople } from '../../registration/people/people.case.ts';
import type { IndexedRow } from '../../registration/people/person.ts';
import { byReference } from '../../registration/people/person.ts';
import { audited, noteRead } from '../../team/audit/audited.case.ts';
import { maySee } from '../../team/role/organiser-role.ts';
import type { Permitted } from '../../team/role/permitted.case.ts';
import { announcedId } from '../announced-message.case.ts';
import type { StoredAnnouncement } from '../announcement.schema.ts';
import { stopAnnouncement } from '../announcement.store.ts';
import {
  isFor,
  type Meant,
  type PossibleRecipient,
  RESULT_STATES,
  type ResultState,
  recipientOf,
  resultOf,
} from '../announcement.ts';
import type { MESSAGE_ROUTES } from '../messages.routes.ts';
import { possibleRecipients } from './audience.ts';

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

/**
 * What became of each mail of an announcement. An attendee whom the caller may not see is counted and not named; that anyone under 18
 * is named is noted.
 */
export const showMessage =
  (
    deps: Needs<
      'announcements' | 'auditTable' | 'events' | 'mail' | 'people' | 'peopleMemory' | 'secrets' | 'system' | 'write'
    >,
  ): Permitted<typeof MESSAGE_ROUTES.showMessage> =>
  async ({ params: { eventId, messageId }, query: { state, cursor }, language }, caller) => {
    const [{ event }, announcement] = await Promise.all([
      eventOf(deps, eventId, language),
      deps.announcements.read(eventId, messageId),
    ]);
    if (announcement === undefined) throw new ProblemError('not-found');
    const known = await readPeople(deps, event);
    const chosen = await deps.announcements.chosen(announcement);
    const recipients = await recipientsOf(deps, event, known, { ...announcement, chosen });
    const counts = Object.fromEntries(
      RESULT_STATES.map((each) => [each, recipients.filter((one) => one.state === each).length]),
    );
    const rowOf = (reference: string): IndexedRow | undefined =>
      known.people.get(reference) ?? known.minors.get(reference);
    const isSeen = (reference: string): boolean => {
      const row = rowOf(reference);
      return row !== undefined && maySee(caller.grants, row, lastDay(event));
    };
    const named = await inOrderOfNames(
      deps,
      event,
      known,
      recipients.filter(({ people }) => people.every(isSeen)),
    );
    // A page goes on after whom the last one ended with, also where they are not in this state any more; from the start, where they are gone.
    const next = named.slice(named.findIndex(({ reference }) => reference === cursor) + 1);
    const rest = next.filter((one) => state === undefined || one.state === state);
    const shown = rest.slice(0, PAGE);
    if (shown.some(({ people }) => people.some((each) => known.minors.has(each)))) {
      await noteRead(deps, event, caller, 'list-minors');
    }
    return json(200, {
      ...summaryOf(event, announcement),
      // One that was stopped in the middle of a page has mails of which it does not know any more that it wrote them.
      written: Math.max(announcement.written, recipients.length),
      words: announcement.words,
      counts,
      forgotten: Math.max(0, announcement.written - recipients.length),
      unnamed: recipients.length - named.length,
      results: shown.map(({ reference, fullName, people, state: became, failure, fate }) => ({
        reference,
        fullName,
        people: people.length,
        state: became,
        ...(became === 'failed' && { failure }),
        ...(fate && { fate: fate.what }),
      })),
      ...(rest.length > PAGE && { next: shown.at(-1)?.reference }),
    });
  };

/** Stops what an organiser sent: what has not been claimed by then does not leave any more. What left has left. */
export const stopMessage =
  (
    deps: Needs<'announcements' | 'attempt' | 'auditTable' | 'events' | 'registry' | 'system'>,
  ): Permitted<typeof MESSAGE_ROUTES.stopMessage> =>
  async ({ params: { eventId, messageId }, language }, caller) => {
    const { event } = await eventOf(deps, eventId, language);
    const before = await deps.announcements.read(eventId, messageId);
    if (before?.kind !== 'organiser-message') throw new ProblemError('not-found');
    if (before.stoppedAt !== undefined) return json(200, summaryOf(event, before));
    await deps.attempt([
      stopAnnouncement(deps.registry, before, { stoppedAt: deps.system.now().toISOString() }),
      audited(deps, event, caller, 'stop-message', messageId),
    ]);
    const after = await deps.announcements.read(eventId, messageId);
    if (after === undefined) throw new ProblemError('not-found');
    return json(200, summaryOf(event, after));
  };

interface Recipient {
  /** Of whom the mail is about, or of the first of them. */
  readonly reference: string;
  /** References of those about whom the mail is: one, or several who are reached through their coordinator. */
  readonly people: readonly string[];
  readonly state: ResultState;
  readonly failure: Failure | undefined;
  readonly fate: MailFate | undefined;
}

type Known = Awaited<ReturnType<typeof readPeople>>;

/**
 * Everyone to whom a mail of an announcement was written, of all whom the people index knows. A mail's id is made from whom it is to, so
 * that all of them are found without an index.
 */
async function recipientsOf(
  deps: Needs<'mail' | 'secrets'>,
  event: EventDefinition<string>,
  known: Known,
  announcement: StoredAnnouncement & Meant,
): Promise<readonly Recipient[]> {
  const groups = groupByRecipient([...possibleRecipients(event, known)].sort(byReference));
  const named = await Promise.all(
    groups.map(async (people) => ({ id: await announcedId(deps.secrets, announcement, people[0]), people })),
  );
  const messages = await deps.mail.read(named.map(({ id }) => id));
  return named.flatMap(({ id, people }): Recipient[] => {
    const message = messages.get(id);
    if (message === undefined) return [];
    const [{ reference }] = people;
    const { failure, fate } = message;
    const state = resultOf(message, announcement);
    const concerned = about(announcement, people).map((each) => each.reference);
    return [{ reference, people: concerned, state, failure, fate }];
  });
}

/** With the names of all whom a mail is about: those of people under 18 are in no index, and are read one by one. */
async function inOrderOfNames(
  { people }: Needs<'people'>,
  event: EventDefinition<string>,
  known: Known,
  recipients: readonly Recipient[],
) {
  const young = recipients.flatMap((each) => each.people.filter((reference) => known.minors.has(reference)));
  const minors = new Map((await people.registrations(event.id, young)).map((each) => [each.reference, each]));
  const nameOf = (reference: string): string | undefined =>
    (known.people.get(reference) ?? minors.get(reference))?.fullName;
  return recipients
    .map((each) => ({ ...each, fullName: each.people.flatMap((reference) => nameOf(reference) ?? []).join(', ') }))
    .sort((a, b) => compareNames(a.fullName, b.fullName) || byReference(a, b));
}

type Group = readonly [PossibleRecipient, ...PossibleRecipient[]];

function groupByRecipient(registrations: readonly PossibleRecipient[]): readonly Group[] {
  const groups = new Map<string, [PossibleRecipient, ...PossibleRecipient[]]>();
  for (const registration of registrations) {
    const recipient = recipientOf(registration);
    const group = groups.get(recipient);
    if (group === undefined) groups.set(recipient, [registration]);
    else group.push(registration);
  }
  return [...groups.values()];
}

/** Of a coordinator's people those whom it is for; where it is for none of them any more, all whom it may have been for. */
function about(announcement: Meant, people: Group): readonly PossibleRecipient[] {
  const concerned = people.filter((each) => isFor(announcement, each));
  return concerned.length === 0 ? people : concerned;
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
