import { asHeld } from '../event/event-standing.ts';
import { ownSessions } from '../event/sessions.ts';
import type { Needs } from '../kernel/parts.store.ts';
import { eventLinks } from '../mail/letter/event-links.ts';
import type { MessageData } from '../mail/letter/message-data.ts';
import { waitingFor } from '../seats/waiting-for.ts';
import { manageToken } from './link/manage-link.store.ts';
import type { RegistrationWithEvent } from './registration.store.ts';

type Deps = Needs<'secrets' | 'siteUrl'>;

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
