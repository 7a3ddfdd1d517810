import type { Needs } from '../kernel/parts.store.ts';
import { readerOf } from '../mail/kinds.ts';
import type { OutboxMessage } from '../mail/outbox/message.ts';
import type { Registration } from './registration.schema.ts';

type Deps = Needs<'delegations' | 'registrations'>;

/**
 * The registrations whose mail goes where a message went: the one that it is about; where that is the mailbox of a
 * coordinator, everyone who is reached through them. None for mail to those who run an event, and about forms.
 */
export async function findRecipients(deps: Deps, message: OutboxMessage): Promise<readonly Registration[]> {
  const { kind, eventId, reference, delegation: ofCoordinator } = message;
  if (kind === 'delegation-link' || kind === 'delegation-registered')
    return throughCoordinator(deps, eventId, reference);
  if (ofCoordinator !== undefined) return throughCoordinator(deps, eventId, ofCoordinator);
  if (readerOf(kind) === undefined) return [];
  const registration = await deps.registrations.read(eventId, reference);
  if (registration === undefined) return [];
  const { delegation } = registration;
  if (!delegation?.throughCoordinator) return [registration];
  const others = await throughCoordinator(deps, eventId, delegation.id);
  return [registration, ...others.filter((each) => each.reference !== reference)];
}

async function throughCoordinator({ delegations }: Deps, eventId: string, id: string): Promise<Registration[]> {
  const roster = await delegations.readRoster(eventId, id);
  const registrations = roster ? [...(await delegations.registrations(roster)).values()] : [];
  return registrations.filter(({ delegation }) => delegation?.throughCoordinator && delegation.id === id);
}
