import { mailAbout } from '../../../shared/domain/mail-about.ts';
import { json } from '../../../shared/http/reply.ts';
import type { Permitted } from '../../../shared/organising/permitted.ts';
import type { Deps } from '../deps.ts';
import { visibleRegistration } from './within-reach.ts';

/** What became of each mail about someone; where a coordinator reads their mail, also of what told of them among others. */
export const listRegistrationMail =
  (deps: Deps): Permitted<'listRegistrationMail'> =>
  async (request, caller) => {
    const { registration } = await visibleRegistration(deps, request, caller);
    const { eventId, reference, delegation } = registration;
    const about = [reference, ...(delegation?.throughCoordinator ? [delegation.id] : [])];
    const found = await Promise.all(about.map((each) => deps.messagesAbout(eventId, each)));
    const now = deps.system.now().toISOString();
    return json(200, {
      messages: mailAbout(registration, found.flat()).map(({ message, to }) => {
        const { kind, createdAt: writtenAt, state, notBefore, failure, fate } = message;
        const until = state === 'pending' && notBefore !== undefined && notBefore > now ? notBefore : undefined;
        return { kind, to, writtenAt, state, until, failure, fate };
      }),
    });
  };
