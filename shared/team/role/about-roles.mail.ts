import { lastDay } from '../../event/event-times.ts';
import type { LocalisedEvent } from '../../event/localised-event.store.ts';
import { ORGANISER_ROLES } from '../../kernel/access.ts';
import type { Needs } from '../../kernel/parts.store.ts';
import { eventLinks } from '../../mail/letter/event-links.ts';
import type { OutboxMessage } from '../../mail/outbox/message.ts';
import type { Told } from '../../mail/outbox/told.case.ts';
import { renderMessage } from '../../message.ts';
import { holdsAny, isVetted } from './organiser-role.ts';
import { opensAt } from './role-rule.ts';

type Deps = Needs<'events' | 'invitations' | 'roles' | 'siteUrl'>;

/** Told as the team stands when the mail leaves: `reference` is the member who was given a role. */
export async function aboutGrant(deps: Deps, message: OutboxMessage): Promise<Told> {
  const [localised, member] = await Promise.all([
    deps.events.readEvent(message.eventId, message.language),
    deps.roles.read(message.eventId, message.reference),
  ]);
  if (localised === undefined) return { obstacle: 'event-gone' };
  if (member === undefined) return { obstacle: 'superseded' };
  const held = [{ name: member.label, grants: member.grants }];
  return { message: renderMessage('role-granted', { ...teamBase(deps, localised), held }), event: localised.event };
}

/** `reference` is the invitation that two organisers agreed on: one that was withdrawn needs no word. */
export async function aboutOpening(deps: Deps, { eventId, reference, language }: OutboxMessage): Promise<Told> {
  const [localised, invitation, team] = await Promise.all([
    deps.events.readEvent(eventId, language),
    deps.invitations.read(eventId, reference),
    deps.roles.list(eventId),
  ]);
  if (localised === undefined) return { obstacle: 'event-gone' };
  const opens = invitation && opensAt(invitation);
  if (invitation === undefined || opens === undefined) return { obstacle: 'invitation-gone' };
  const { grants, label, reason, invitedBy, accepted } = invitation;
  const by = [invitedBy, accepted?.children?.by].flatMap((id) => team.find((each) => each.id === id)?.label ?? []);
  const held = [{ name: label, grants }];
  const data = { ...teamBase(deps, localised), held, by, reason, opensAt: opens.toISOString() };
  return { message: renderMessage('role-opened', data), event: localised.event };
}

/** Everyone who was vetted until the event's end, in whatever role. */
export async function aboutWhoSeesChildren(deps: Deps, { eventId, language }: OutboxMessage): Promise<Told> {
  const [localised, team] = await Promise.all([deps.events.readEvent(eventId, language), deps.roles.list(eventId)]);
  if (localised === undefined) return { obstacle: 'event-gone' };
  const held = team.flatMap(({ label, grants }) => {
    const opening = grants.filter((grant) => isVetted([grant], ORGANISER_ROLES, lastDay(localised.event)));
    return holdsAny(opening, SEE_CHILDREN) ? [{ name: label, grants: opening }] : [];
  });
  return {
    message: renderMessage('who-sees-children', { ...teamBase(deps, localised), held }),
    event: localised.event,
  };
}

/** `care` sees what they need. */
const SEE_CHILDREN = ['safeguarding', 'organiser', 'care'] as const;

export function teamBase(deps: Deps, { event, language }: LocalisedEvent) {
  const { console, privacy } = eventLinks(deps, event.id, language);
  return { event, language, links: { team: `${console}/people`, privacy } };
}
