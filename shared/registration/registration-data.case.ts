import { asHeld } from '../event/event-standing.ts';
import { ownSessions } from '../event/sessions.ts';
import type { Needs } from '../kernel/parts.store.ts';
import { eventLinks } from '../mail/letter/event-links.ts';
import type { OutboxMessage } from '../mail/outbox/message.schema.ts';
import { waitingFor } from '../seats/quota.ts';
import { manageToken } from './link/manage-link.store.ts';
import type { RegistrationData } from './mail-blocks.ts';
import { isAddressProven } from './proven.ts';
import type { RegistrationWithEvent } from './registration.store.ts';

export type DataDeps = Needs<'secrets' | 'siteUrl'>;

/** What every mail about a registration may say, as that stands now. */
export async function dataOf(
  deps: DataDeps,
  { registration, event, language }: RegistrationWithEvent,
  { createdAt: writtenAt, former }: Pick<OutboxMessage, 'createdAt' | 'former'>,
): Promise<RegistrationData> {
  const own = `${deps.siteUrl}/m/${await manageToken(registration, deps.secrets)}`;
  return {
    event,
    registration: { ...asHeld(event, registration), language },
    sessions: ownSessions(event, registration),
    writtenAt,
    ...(former && { former }),
    // Of a minor no mail says the name: others may read it with them.
    ...(isAddressProven(registration) && registration.ageBand !== 'minor' && { named: registration.fullName }),
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
