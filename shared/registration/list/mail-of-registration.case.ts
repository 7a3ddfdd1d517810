import { json } from '../../kernel/http/reply.ts';
import type { Needs } from '../../kernel/parts.store.ts';
import type { OutboxMessage } from '../../mail/outbox/message.ts';
import type { Permitted } from '../../team/role/permitted.case.ts';
import { visibleRegistration } from '../../team/role/within-reach.case.ts';
import { mailAbout, shownKind } from '../mail-about.ts';

type Deps = Needs<'announcements' | 'auditTable' | 'events' | 'messagesAbout' | 'registrations' | 'system' | 'write'>;

/** What became of each mail about someone; where a coordinator reads their mail, also of what told of them among others. */
export const listRegistrationMail =
  (deps: Deps): Permitted<'listRegistrationMail'> =>
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

/** @returns ids of those that wait and will not leave, since whoever wrote to many stopped it */
async function stoppedAmong(
  { announcements }: Deps,
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
