import { isDeepStrictEqual } from 'node:util';
import type { EventDefinition } from '../../event/event.ts';
import { eventOf } from '../../event/event-of.case.ts';
import { retentionEnd } from '../../event/event-times.ts';
import { testTurnsKey } from '../../kernel/dynamo/keys.ts';
import type { TransactItem } from '../../kernel/dynamo/transact.store.ts';
import { ProblemError } from '../../kernel/errors.ts';
import { json } from '../../kernel/http/reply.ts';
import type { Needs } from '../../kernel/parts.store.ts';
import { render } from '../../mail/letter/render.case.ts';
import { minutesToSend } from '../../mail/limits/send-pace.ts';
import type { OutboxMessage } from '../../mail/outbox/message.schema.ts';
import { newId } from '../../mail/outbox/new-items.store.ts';
import { putMessage } from '../../mail/outbox/outbox-items.store.ts';
import { readPeople, readPerson } from '../../registration/people/people.case.ts';
import { audited } from '../../team/audit/audited.case.ts';
import type { Caller, Permitted } from '../../team/role/permitted.case.ts';
import { isVisible } from '../../team/role/within-reach.case.ts';
import type { Announcement, StoredAnnouncement } from '../announcement.schema.ts';
import { announce } from '../announcement.store.ts';
import type { MESSAGE_ROUTES } from '../messages.routes.ts';
import { meantNow } from '../timed/announce.case.ts';
import { type Audience, audienceOf, type ChosenPeople, chosenOf, hasChangedMuch } from './audience.ts';
import { summaryOf } from './messages.case.ts';
import { checkOne, checkSegment, checkWords, organiserWords, sampleRecipient } from './organiser-words.ts';

/**
 * Sends a message once, however often and from however many windows it is asked for: its id is the sender's. What is to be
 * sent under the id of something else, or to many more or fewer people than the sender saw, is not.
 */
export const sendMessage =
  (
    deps: Needs<
      | 'announcements'
      | 'attempt'
      | 'attendanceIndex'
      | 'attendanceMemory'
      | 'auditTable'
      | 'client'
      | 'events'
      | 'outboxTable'
      | 'people'
      | 'peopleMemory'
      | 'registry'
      | 'stoppedDelegations'
      | 'system'
    >,
  ): Permitted<typeof MESSAGE_ROUTES.sendMessage> =>
  async ({ params: { eventId, messageId }, body, language }, caller) => {
    const { event } = await eventOf(deps, eventId, language);
    const checked: Announcement = {
      eventId,
      id: messageId,
      kind: 'organiser-message',
      segment: checkSegment(event, body.segment, caller),
      words: checkWords(event, body.words),
      createdAt: deps.system.now().toISOString(),
      by: caller.id,
    };
    const meant = await readMeant(deps, event, caller, checked, body.segment.people);
    const before = await deps.announcements.read(eventId, messageId);
    if (before !== undefined) return answer(deps, event, meant, before);
    const { people, mails } = await audienceNow(deps, event, meant);
    if (people === 0 || hasChangedMuch(body.people, people)) throw new ProblemError('audience-changed', { people });
    const announcement = { ...meant.announcement, expected: mails };
    const refusals = await deps.attempt([
      ...announce(
        deps.system,
        { registry: deps.registry, outbox: deps.outboxTable },
        announcement,
        retentionEnd(event),
        meant.chosen,
      ),
      audited(deps, event, caller, 'send-message', messageId),
    ]);
    const sent =
      refusals.length === 0 ? { ...announcement, written: 0 } : await deps.announcements.read(eventId, messageId);
    if (sent === undefined) throw new Error('a message was refused though nothing has its id');
    return answer(deps, event, meant, sent);
  };

/** @throws ProblemError where something else was sent under this id */
async function answer(
  { announcements }: Needs<'announcements'>,
  event: EventDefinition<string>,
  { announcement: wanted, sent: references, chosen }: MeantNow,
  sent: StoredAnnouncement,
) {
  // Some of those who were chosen may be gone since, and are not counted.
  const named = ({ segment: { chosen: number, ...segment }, words }: Announcement) => [
    segment,
    number === undefined,
    words,
  ];
  const before = await announcements.chosen(sent);
  const isSame =
    isDeepStrictEqual(named(sent), named(wanted)) &&
    [...(chosen ?? [])].every((each) => before?.has(each)) &&
    [...(before ?? [])].every((each) => references.has(each));
  if (sent.kind !== wanted.kind || !isSame) throw new ProblemError('message-differs');
  return json(200, summaryOf(event, sent));
}

/** As many as `TEAM_CAPS` lets leave. */
const MOST_AN_HOUR = 3;
const DAY_SECONDS = 24 * 60 * 60;
const HOUR = 'YYYY-MM-DDTHH'.length;

/** Mails a message to the organiser writing it. Of what it says nothing is kept once it has left. */
export const testMessage =
  (
    deps: Needs<'attempt' | 'events' | 'outboxTable' | 'registry' | 'roles' | 'system'>,
  ): Permitted<typeof MESSAGE_ROUTES.testMessage> =>
  async ({ params: { eventId }, body, language }, caller) => {
    const { event } = await eventOf(deps, eventId, language);
    const words = checkOne(event, body.language, body.words);
    const to = (await deps.roles.read(eventId, caller.id))?.email;
    if (to === undefined) throw new ProblemError('no-own-address');
    const now = deps.system.now();
    const expiresAt = Math.floor(now.getTime() / 1000) + DAY_SECONDS;
    const id = newId(deps.system);
    const message: OutboxMessage = {
      id,
      kind: 'message-test',
      eventId,
      reference: id,
      words,
      to,
      language: body.language,
      state: 'pending',
      createdAt: now.toISOString(),
      attempts: 0,
    };
    const refusals = await deps.attempt([
      takeTurn(deps.registry, eventId, caller.id, now, expiresAt),
      putMessage(deps.outboxTable, message, expiresAt),
    ]);
    if (refusals.length > 0) throw new ProblemError('too-many-tests');
    return json(202, { to });
  };

const takeTurn = (table: string, eventId: string, memberId: string, now: Date, expiresAt: number): TransactItem => ({
  Update: {
    TableName: table,
    Key: testTurnsKey(eventId, memberId, now.toISOString().slice(0, HOUR)),
    UpdateExpression: 'SET v = :v, expiresAt = :expiresAt ADD taken :one',
    ConditionExpression: 'attribute_not_exists(taken) OR taken < :most',
    ExpressionAttributeValues: { ':v': 1, ':expiresAt': expiresAt, ':one': 1, ':most': MOST_AN_HOUR },
  },
});

type PreviewDeps = AudienceDeps & Needs<'events' | 'mail' | 'siteUrl'>;

/** How many a message would reach, and how it would read: by the very code that sends it. */
export const previewMessage =
  (deps: PreviewDeps): Permitted<typeof MESSAGE_ROUTES.previewMessage> =>
  async ({ params: { eventId }, body, language }, caller) => {
    const { event } = await eventOf(deps, eventId, language);
    const words = body.words && checkWords(event, body.words);
    const checked: Announcement = {
      eventId,
      id: '',
      kind: 'organiser-message',
      segment: checkSegment(event, body.segment, caller),
      createdAt: deps.system.now().toISOString(),
      ...(words && { words }),
    };
    const meant = await readMeant(deps, event, caller, checked, body.segment.people);
    const [audience, quota, rendered] = await Promise.all([
      audienceNow(deps, event, meant),
      deps.mail.quota(),
      Promise.all(Object.keys(words ?? {}).map((each) => renderIn(deps, meant.announcement, each))),
    ]);
    const [first = ''] = event.languages;
    const hasWords = (each: string): boolean => (words ? words[each] !== undefined : event.languages.includes(each));
    const minutes = quota && minutesToSend(quota, audience.mails);
    return json(200, {
      ...audience,
      languages: audience.languages.map((each) => ({
        ...each,
        reads: hasWords(each.language) ? each.language : first,
      })),
      ...(meant.notFor && { notFor: meant.notFor }),
      ...(minutes !== undefined && { minutes }),
      rendered,
    });
  };

async function renderIn(deps: PreviewDeps, announcement: Announcement, wanted: string) {
  const { event, language } = await eventOf(deps, announcement.eventId, wanted);
  const data = sampleRecipient(event, language, announcement, deps.siteUrl);
  const { subject, text, html } = render(announcement.kind, (t) => organiserWords(data, t), data);
  return { language, subject, text, html };
}

type AudienceDeps = Needs<
  | 'attendanceIndex'
  | 'attendanceMemory'
  | 'client'
  | 'people'
  | 'peopleMemory'
  | 'registry'
  | 'stoppedDelegations'
  | 'system'
>;

interface MeantNow {
  readonly announcement: Announcement;
  readonly known: Awaited<ReturnType<typeof readPerson>>;
  /** References that the sender named. */
  readonly sent: ReadonlySet<string>;
  /** Of these, whom it may be for, as far as the sender sees them; and why it is not for others. */
  readonly chosen?: ChosenPeople['chosen'];
  readonly notFor?: ChosenPeople['notFor'];
}

/** The people as they are now, and who is meant of those whom the sender named. */
async function readMeant(
  deps: AudienceDeps,
  event: EventDefinition<string>,
  caller: Caller,
  announcement: Announcement,
  references: readonly string[] | undefined,
): Promise<MeantNow> {
  const [one, ...others] = references ?? [];
  const isOne = one !== undefined && others.length === 0;
  const known = isOne ? await readPerson(deps, event, one) : await readPeople(deps, event);
  if (references === undefined) return { announcement, known, sent: new Set() };
  const { segment } = announcement;
  const people = chosenOf(known, (row) => isVisible(caller, row, event), segment, references);
  return { announcement: { ...announcement, segment: { ...segment, chosen: people.chosen.size } }, known, ...people };
}

/** Whom a message would reach now. */
async function audienceNow(
  deps: AudienceDeps,
  event: EventDefinition<string>,
  { announcement, known, chosen }: MeantNow,
): Promise<Audience> {
  const meant = { ...announcement, chosen };
  const recipients = await meantNow(deps, event, known, meant);
  return audienceOf(meant, recipients, await deps.stoppedDelegations(event.id, recipients));
}
