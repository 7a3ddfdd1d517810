import type { AnswerValue } from '../../event/condition.ts';
import type { EventDefinition } from '../../event/event.ts';
import { asHeld } from '../../event/event-standing.ts';
import { ProblemError } from '../../kernel/errors.ts';
import { json, tableOf } from '../../kernel/http/reply.ts';
import type { Needs } from '../../kernel/parts.store.ts';
import { isUnreached } from '../../mail/fate/mail-fate.ts';
import type { OutboxMessage } from '../../mail/outbox/message.schema.ts';
import { newMessage } from '../../mail/outbox/new-items.store.ts';
import { audited, noteRead } from '../../team/audit/audited.case.ts';
import type { Permitted } from '../../team/role/permitted.case.ts';
import {
  definitionOf,
  isVisible,
  ownRegistration,
  requireReach,
  visibleRegistration,
} from '../../team/role/within-reach.case.ts';
import { changeRegistration } from '../change/change-registration.case.ts';
import { isOverdue } from '../decide/approval.ts';
import { mailAbout, shownKind } from '../mail-about.ts';
import type { Registration } from '../registration.schema.ts';
import { changed, newTicketId } from '../registration-state.store.ts';
import { organiserView, registrationRow } from './registration-view.ts';
import type { ORGANISER_REGISTRATION_ROUTES } from './registrations.routes.ts';
import { countByStatus, inOrder, isBehind, matcher, placeIn } from './search.ts';

const PAGE = 50;

/** A page of what the caller may see. A list with children is noted. */
export const listRegistrations =
  (
    deps: Needs<'auditTable' | 'events' | 'listRegistrations' | 'registrations' | 'system' | 'write'>,
  ): Permitted<typeof ORGANISER_REGISTRATION_ROUTES.listRegistrations> =>
  async (
    { params: { eventId }, query: { status, overdue, unreached, order = 'newest', cursor, ...filter }, language },
    caller,
  ) => {
    const [event, all] = await Promise.all([definitionOf(deps, eventId, language), deps.listRegistrations(eventId)]);
    const visible = all.filter((each) => isVisible(caller, each, event)).filter(matcher(event, filter));
    const late = new Set(visible.filter((each) => isOverdue(event, each, deps.system.now())));
    const wanted = inOrder(order, (overdue ? [...late] : visible).filter(matcher(event, { status, unreached })));
    const rest =
      cursor === undefined ? wanted : wanted.filter((each) => isBehind(order, placeIn(order, each), read(cursor)));
    const shown = rest.slice(0, PAGE);
    const before = wanted[wanted.length - rest.length - PAGE - 1];
    if (shown.some(({ ageBand }) => ageBand === 'minor')) await noteRead(deps, event, caller, 'list-minors');
    const last = shown.at(-1);
    return json(200, {
      registrations: shown.map((each) => ({ ...registrationRow(event, each), overdue: late.has(each) })),
      total: wanted.length,
      byStatus: countByStatus(visible),
      overdue: late.size,
      unreached: visible.filter(isUnreached).length,
      ...(before && { previous: Buffer.from(placeIn(order, before)).toString('base64url') }),
      ...(last && rest.length > PAGE && { next: Buffer.from(placeIn(order, last)).toString('base64url') }),
    });
  };

const read = (cursor: string): string => Buffer.from(cursor, 'base64url').toString();

export const showOrganiserRegistration =
  (
    deps: Needs<'auditTable' | 'events' | 'registrations' | 'system' | 'write'>,
  ): Permitted<typeof ORGANISER_REGISTRATION_ROUTES.showOrganiserRegistration> =>
  async (request, caller) => {
    const { registration, event } = await visibleRegistration(deps, request, caller);
    return json(200, organiserView(event, registration));
  };

/** A file leaves the system and its rules behind: no minor is in it, no matter who asks. */
export const exportRegistrations =
  (
    deps: Needs<'auditTable' | 'events' | 'listRegistrations' | 'registrations' | 'system' | 'write'>,
  ): Permitted<typeof ORGANISER_REGISTRATION_ROUTES.exportRegistrations> =>
  async ({ params: { eventId }, query: { overdue, ...filter }, language }, caller) => {
    const [event, all] = await Promise.all([definitionOf(deps, eventId, language), deps.listRegistrations(eventId)]);
    const now = deps.system.now();
    const isWanted = matcher(event, filter);
    const isLate = (each: Registration): boolean => overdue === undefined || isOverdue(event, each, now);
    const mayLeave = (each: Registration): boolean => each.ageBand !== 'minor' && isVisible(caller, each, event);
    const wanted = all.filter((each) => mayLeave(each) && isWanted(each) && isLate(each));
    const columns = columnsOf(event);
    const rows = inOrder('newest', wanted).map((each) => columns.map(([, value]) => text(value(each))));
    const file = tableOf(`${eventId}-${now.toISOString().slice(0, 10)}`, [columns.map(([name]) => name), ...rows]);
    await noteRead(deps, event, caller, 'export');
    return file;
  };

type Column = readonly [name: string, value: (registration: Registration) => AnswerValue | undefined];

const COLUMNS = [
  'reference',
  'status',
  'role',
  'honorific',
  'fullName',
  'badgeName',
  'nativeName',
  'email',
  'position',
  'organisation',
  'country',
  'category',
  'mode',
  'days',
  'sessions',
  'closedSessions',
  'language',
] as const satisfies readonly (keyof Registration)[];
const TIMES = ['submittedAt', 'changedAt'] as const satisfies readonly (keyof Registration)[];

/** What an attendee needs arranged is kept apart from registrations, and its questions have no column either. */
function columnsOf(event: EventDefinition<string>): readonly Column[] {
  const { questions, consents } = event;
  return [
    ...COLUMNS.map((name): Column => [name, (registration) => asHeld(event, registration)[name]]),
    ['waitingSince', ({ waiting }) => waiting?.since],
    ...TIMES.map((name): Column => [name, (registration) => registration[name]]),
    // Otherwise than `mode` where the event has moved online since.
    ['modeAsked', ({ mode }) => mode],
    ...questions
      .filter(({ care }) => !care)
      .map(({ id, title }): Column => [`${id}: ${title}`, ({ answers }) => answers[id]]),
    ...consents.map(({ id, title }): Column => [`${id}: ${title}`, (each) => each.consents[id]]),
  ];
}

const text = (value: AnswerValue | undefined): string =>
  typeof value === 'object' ? value.join('; ') : String(value ?? '');

type MailOfRegistrationDeps = Needs<
  'announcements' | 'auditTable' | 'events' | 'messagesAbout' | 'registrations' | 'system' | 'write'
>;

/** What became of each mail about an attendee; where a coordinator reads their mail, also of what told of them among others. */
export const listRegistrationMail =
  (deps: MailOfRegistrationDeps): Permitted<typeof ORGANISER_REGISTRATION_ROUTES.listRegistrationMail> =>
  async (request, caller) => {
    const { registration } = await visibleRegistration(deps, request, caller);
    const { eventId, reference, delegation } = registration;
    const about = [reference, ...(delegation?.throughCoordinator ? [delegation.id] : [])];
    const messages = (await Promise.all(about.map((each) => deps.messagesAbout(eventId, each)))).flat();
    const stopped = await stoppedAmong(deps, eventId, messages);
    const now = deps.system.now().toISOString();
    return json(200, {
      messages: mailAbout(registration, messages).map(({ message, to }) => {
        const { kind, createdAt: writtenAt, notBefore, fate } = message;
        const { state, failure } = stopped.has(message.id) ? STOPPED : message;
        const until = state === 'pending' && notBefore !== undefined && notBefore > now ? notBefore : undefined;
        return { ...shownKind(kind), to, writtenAt, state, until, failure, fate };
      }),
    });
  };

/** As it will be once its turn comes. */
const STOPPED = { state: 'failed', failure: 'stopped' } as const;

/** @returns ids of those that wait and will not leave, since the organiser who wrote to many stopped it */
async function stoppedAmong(
  { announcements }: MailOfRegistrationDeps,
  eventId: string,
  messages: readonly OutboxMessage[],
): Promise<ReadonlySet<string>> {
  const waiting = messages.filter(({ kind, state }) => kind === 'organiser-message' && state === 'pending');
  const stopped = await Promise.all(
    waiting.map(async ({ id, announcement = '' }) => {
      const told = await announcements.read(eventId, announcement);
      return told?.stoppedAt === undefined ? [] : [id];
    }),
  );
  return new Set(stopped.flat());
}

/**
 * A new ticket, mailed where there is an address, for an attendee who lost theirs or their badge: the code that another person may hold now
 * admits nobody. What they attended follows them.
 */
export const replaceTicket =
  (
    deps: Needs<'auditTable' | 'changes' | 'events' | 'registrations' | 'system' | 'write'>,
  ): Permitted<typeof ORGANISER_REGISTRATION_ROUTES.replaceTicket> =>
  async (request, caller) => {
    const { registration, event } = await ownRegistration(deps, request, caller);
    const also = [audited(deps, event, caller, 'replace-ticket', registration.reference)];
    const ticketId = newTicketId(deps.system);
    const after = await changeRegistration(deps, event, registration, ({ before }) => {
      requireReach(caller, before);
      const { status, email } = before;
      const isAsSeen = before.revision === request.body.revision && status === 'confirmed';
      if (!isAsSeen) throw new ProblemError('changed-meanwhile', { status });
      const next = changed(before, { ticketId }, deps.system.now());
      return { after: next, messages: email === '' ? [] : [newMessage(deps.system, 'confirmed', next)], also };
    });
    return json(200, organiserView(event, after));
  };
