import type { Needs } from '../kernel/parts.store.ts';
import type { OutboxMessage } from '../mail/outbox/message.ts';
import type { Told } from '../mail/outbox/told.case.ts';
import { renderMessage } from '../message.ts';
import { guardianLinks } from '../minors/consent/about-consent.mail.ts';
import { guardianStep } from '../minors/young.ts';
import { isToCurrentGuardian } from '../registration/guardian-change.ts';
import { isFor } from './announcement.ts';
import { isStillToldToGuardian } from './still-told.case.ts';
import { tellsStatus } from './told.ts';

type Deps = Needs<'announcements' | 'outbox' | 'readTold' | 'registrations' | 'secrets' | 'siteUrl' | 'system'>;

/**
 * To a minor's guardian, what everyone else is told of the event, as it stands now: nothing where it is so no more, where someone else
 * is their guardian by now, or where the registration has ended.
 */
export async function aboutGuardianNews(deps: Deps, message: OutboxMessage): Promise<Told> {
  const { eventId, reference, language: wanted, announcement: id = '', createdAt } = message;
  const [found, announcement] = await Promise.all([
    deps.registrations.readWithEvent(eventId, reference, wanted),
    deps.announcements.read(eventId, id),
  ]);
  if (found === undefined) return { obstacle: 'registration-gone' };
  const { registration, event, language } = found;
  const isTheirs =
    registration.guardianLinkVersion !== undefined && isToCurrentGuardian(registration.guardianChange, createdAt);
  if (announcement === undefined || !tellsStatus(announcement.kind)) return { obstacle: 'superseded' };
  if (!isTheirs || !isFor(announcement, registration)) return { obstacle: 'superseded' };
  if (!(await isStillToldToGuardian(deps, announcement, registration))) return { obstacle: 'superseded' };
  const told = {
    event,
    registration: { reference, language },
    links: await guardianLinks(deps, registration, language),
    what: announcement.kind,
    isAsked: guardianStep(registration) === 'asked',
  };
  return { message: renderMessage('guardian-event-status', told), event };
}
