import type { RegistrationStatus } from '../event/attendee.ts';
import { retentionEnd } from '../event/event-times.ts';
import type { Needs } from '../kernel/parts.store.ts';
import { eventLinks } from '../mail/letter/event-links.ts';
import type { DelegationMessageKind, OutboxMessage } from '../mail/outbox/message.ts';
import type { Told } from '../mail/outbox/told.case.ts';
import { renderMessage } from '../message.ts';
import type { Registration } from '../registration/registration.ts';
import type { Delegation } from './delegation.ts';
import { delegationToken } from './delegation-link.store.ts';

type Deps = Needs<'delegations' | 'events' | 'secrets' | 'siteUrl' | 'system'>;

/** To a coordinator, with the link as it is now, and told from the registrations as they stand now. */
export async function aboutDelegation(
  deps: Deps,
  kind: DelegationMessageKind,
  { eventId, reference, language: wanted }: OutboxMessage,
): Promise<Told> {
  const [delegation, localised] = await Promise.all([
    deps.delegations.read(eventId, reference),
    deps.events.readEvent(eventId, wanted),
  ]);
  if (delegation === undefined) return { obstacle: 'delegation-gone' };
  if (localised === undefined) return { obstacle: 'event-gone' };
  const { event, language } = localised;
  if (deps.system.now().getTime() >= retentionEnd(event) * 1000) return { obstacle: 'superseded' };
  const people = kind === 'delegation-registered' ? await throughCoordinator(deps, delegation) : [];
  // A press that registered nobody: there is nothing to tell.
  if (kind === 'delegation-registered' && people.length === 0) return { obstacle: 'superseded' };
  const links = {
    delegation: `${deps.siteUrl}/d/${await delegationToken(delegation, deps.secrets)}?lang=${language}`,
    privacy: eventLinks(deps, eventId, language).privacy,
  };
  return { message: renderMessage(kind, { event, language, links, people }), event };
}

async function throughCoordinator(
  { delegations }: Deps,
  { eventId, id }: Delegation,
): Promise<readonly Registration[]> {
  const roster = await delegations.readRoster(eventId, id);
  const registrations = roster ? [...(await delegations.registrations(roster)).values()] : [];
  return registrations.filter(({ delegation, status }) => delegation?.throughCoordinator && TOLD.includes(status));
}

const TOLD: readonly RegistrationStatus[] = ['pending-approval', 'confirmed', 'waitlisted'];
