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
import { audited } from '../../team/audit/audited.case.ts';
import type { Permitted } from '../../team/role/permitted.case.ts';
import type { Announcement, StoredAnnouncement } from '../announcement.schema.ts';
import { announce } from '../announcement.store.ts';
import type { MESSAGE_ROUTES } from '../messages.routes.ts';
import { meantNow } from '../timed/announce.case.ts';
import { type Audience, audienceOf, hasChangedMuch } from './audience.ts';
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
    const wanted: Announcement = {
      eventId,
      id: messageId,
      kind: 'organiser-message',
      segment: checkSegment(event, body.segment, caller),
      words: checkWords(event, body.words),
      createdAt: deps.system.now().toISOString(),
    };
    const before = await deps.announcements.read(eventId, messageId);
    if (before !== undefined) return answer(event, wanted, before);
    const { people, mails } = await audienceNow(deps, event, wanted);
    if (people === 0 || hasChangedMuch(body.people, people)) throw new ProblemError('audience-changed', { people });
    const announcement = { ...wanted, expected: mails };
    const refusals = await deps.attempt([
      ...announce(
        deps.system,
        { registry: deps.registry, outbox: deps.outboxTable },
        announcement,
        retentionEnd(event),
      ),
      audited(deps, event, caller, 'send-message', messageId),
    ]);
    const sent =
      refusals.length === 0 ? { ...announcement, written: 0 } : await deps.announcements.read(eventId, messageId);
    if (sent === undefined) throw new Error('a message was refused though nothing has its id');
    return answer(event, wanted, sent);
  };

/** @throws ProblemError where something else was sent under this id */
function answer(event: EventDefinition<string>, wanted: Announcement, sent: StoredAnnouncement) {
  const isSame = isDeepStrictEqual([sent.segment, sent.words], [wanted.segment, wanted.words]);
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
    const announcement: Announcement = {
      eventId,
      id: '',
      kind: 'organiser-message',
      segment: checkSegment(event, body.segment, caller),
      createdAt: deps.system.now().toISOString(),
      ...(words && { words }),
    };
    const [audience, quota, rendered] = await Promise.all([
      audienceNow(deps, event, announcement),
      deps.mail.quota(),
      Promise.all(Object.keys(words ?? {}).map((each) => renderIn(deps, announcement, each))),
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

/** Whom a message would reach now. */
async function audienceNow(
  deps: AudienceDeps,
  event: EventDefinition<string>,
  announcement: Announcement,
): Promise<Audience> {
  const meant = await meantNow(deps, event, announcement);
  return audienceOf(announcement, meant, await deps.stoppedDelegations(event.id, meant));
}
