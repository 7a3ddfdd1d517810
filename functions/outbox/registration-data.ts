import { asHeld } from '../../shared/event/event-standing.ts';
import { ownSessions } from '../../shared/event/sessions.ts';
import { manageToken } from '../../shared/keys/manage-link.ts';
import { eventLinks } from '../../shared/mail/letter/event-links.ts';
import type { MessageData } from '../../shared/mail/letter/message-data.ts';
import { waitingFor } from '../../shared/seats/waiting-for.ts';
import type { RegistrationWithEvent } from '../../shared/store/registration-store.ts';
import type { Deps } from './deps.ts';

/**
 * What every mail about a registration may say, as that stands now.
 *
 * @param writtenAt when the message came about, ISO 8601
 */
export async function dataOf(
  deps: Deps,
  { registration, event, language }: RegistrationWithEvent,
  writtenAt: string,
): Promise<MessageData> {
  const own = `${deps.siteUrl}/m/${await manageToken(registration, deps.secrets)}`;
  return {
    event,
    registration: { ...asHeld(event, registration), language },
    sessions: ownSessions(event, registration),
    writtenAt,
    waitingFor: waitingFor(event, registration),
    ...(registration.delegation?.throughCoordinator && { about: registration.fullName }),
    links: {
      manage: `${own}?lang=${language}`,
      cancel: `${own}/cancel?lang=${language}`,
      online: `${own}/online?lang=${language}`,
      complete: `${own}/complete?lang=${language}`,
      guardian: `${own}/guardian?lang=${language}`,
      ...eventLinks(deps, event.id, language),
    },
  };
}
