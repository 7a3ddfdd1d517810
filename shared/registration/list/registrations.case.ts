import { answersFor } from '../../event/answer-readers.ts';
import type { Asking } from '../../event/questions.ts';
import { ProblemError } from '../../kernel/errors.ts';
import { json } from '../../kernel/http/reply.ts';
import type { Needs } from '../../kernel/parts.store.ts';
import type { OutboxMessage } from '../../mail/outbox/message.schema.ts';
import { newMessage } from '../../mail/outbox/new-items.store.ts';
import { audited } from '../../team/audit/audited.case.ts';
import type { MemberNames } from '../../team/role/member-names.case.ts';
import type { Caller, Permitted } from '../../team/role/permitted.case.ts';
import { ownRegistration, requireReach, shownRegistration } from '../../team/role/within-reach.case.ts';
import { changeRegistration } from '../change/change-registration.case.ts';
import { mailAbout, shownKind } from '../mail-about.ts';
import type { Registration } from '../registration.schema.ts';
import { changed, newTicketId } from '../registration-state.store.ts';
import { organiserView } from './registration-view.ts';
import type { ORGANISER_REGISTRATION_ROUTES } from './registrations.routes.ts';

export const showOrganiserRegistration =
  (
    deps: Needs<'auditTable' | 'events' | 'registrations' | 'system' | 'write'>,
  ): Permitted<typeof ORGANISER_REGISTRATION_ROUTES.showOrganiserRegistration> =>
  async (request, caller) => {
    const { registration, event } = await shownRegistration(deps, request, caller);
    return json(200, organiserView(event, registration, request.language, caller));
  };

/**
 * What the registration of an adult said before each change. Former answers are for those who read the answers as they are; members are
 * called what their team calls them.
 */
export async function historyTold(event: Asking, caller: Caller, registration: Registration, names: MemberNames) {
  const { history = [] } = registration;
  const labels = history.some(({ by }) => by === 'member') ? await names() : new Map<string, undefined>();
  const changes = history.map(({ was, member, ...rest }) => ({
    ...rest,
    member: labels.get(member ?? ''),
    memberId: member,
    was: readableBy(caller, event, registration, was),
  }));
  return { changes: changes.filter(saysSomething).reverse() };
}

type FormerValues = NonNullable<Registration['history']>[number]['was'];

const ANSWER = 'answers.';

/** Without the answers that the reader may not read of this person. */
function readableBy(caller: Caller, event: Asking, person: Registration, was: FormerValues): FormerValues {
  const names = Object.keys(was).filter((name) => name.startsWith(ANSWER));
  const asked = Object.fromEntries(names.map((name) => [name.slice(ANSWER.length), '']));
  const read = answersFor(caller.grants, event, { ...person, answers: asked });
  return Object.fromEntries(
    Object.entries(was).filter(([name]) => !name.startsWith(ANSWER) || Object.hasOwn(read, name.slice(ANSWER.length))),
  );
}

/** Of a change of answers alone that are not theirs to read nothing is told, not even that it was made. */
const saysSomething = ({ was, renewed, anew }: Omit<NonNullable<Registration['history']>[number], 'member'>): boolean =>
  Object.keys(was).length > 0 || renewed !== undefined || anew === true;

type MailOfRegistrationDeps = Needs<
  'announcements' | 'auditTable' | 'events' | 'messagesAbout' | 'registrations' | 'system' | 'write'
>;

/** What became of each mail about an attendee; where a coordinator reads their mail, also of what told of them among others. */
export const listRegistrationMail =
  (deps: MailOfRegistrationDeps): Permitted<typeof ORGANISER_REGISTRATION_ROUTES.listRegistrationMail> =>
  async (request, caller) => {
    const { registration } = await shownRegistration(deps, request, caller);
    return json(200, await mailTold(deps, registration));
  };

/** The same of a registration that was read. */
export async function mailTold(deps: Needs<'announcements' | 'messagesAbout' | 'system'>, registration: Registration) {
  const { eventId, reference, delegation } = registration;
  const about = [reference, ...(delegation?.throughCoordinator ? [delegation.id] : [])];
  const messages = (await Promise.all(about.map((each) => deps.messagesAbout(eventId, each)))).flat();
  const stopped = await stoppedAmong(deps, eventId, messages);
  const now = deps.system.now().toISOString();
  return {
    messages: mailAbout(registration, messages).map(({ message, to }) => {
      const { kind, createdAt: writtenAt, notBefore, fate } = message;
      const { state, failure } = stopped.has(message.id) ? STOPPED : message;
      const until = state === 'pending' && notBefore !== undefined && notBefore > now ? notBefore : undefined;
      return { ...shownKind(kind), to, writtenAt, state, until, failure, fate };
    }),
  };
}

/** As it will be once its turn comes. */
const STOPPED = { state: 'failed', failure: 'stopped' } as const;

/** @returns ids of those that wait and will not leave, since the organiser who wrote to many stopped it */
async function stoppedAmong(
  { announcements }: Needs<'announcements'>,
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
    const also = [audited(deps, event, caller, 'replace-ticket', registration)];
    const ticketId = newTicketId(deps.system);
    const after = await changeRegistration(deps, event, registration, caller, ({ before }) => {
      requireReach(caller, before);
      const { status, email } = before;
      const isAsSeen = before.revision === request.body.revision && status === 'confirmed';
      if (!isAsSeen) throw new ProblemError('changed-meanwhile', { status });
      const next = changed(before, { ticketId }, deps.system.now());
      return { after: next, messages: email === '' ? [] : [newMessage(deps.system, 'confirmed', next)], also };
    });
    return json(200, organiserView(event, after, request.language, caller));
  };
