import { type Announcement, isFor } from '../../shared/domain/announcement.ts';
import type { AnnouncementKind, OutboxMessage } from '../../shared/domain/message.ts';
import type { Registration } from '../../shared/domain/registration.ts';
import { delegationToken } from '../../shared/keys/delegation-link.ts';
import { renderMessage } from '../../shared/mail/message.ts';
import type { AnnouncedData } from '../../shared/mail/message-data.ts';
import type { RegistrationWithEvent } from '../../shared/store/registration-store.ts';
import { dataOf, isTheirs } from './about-registration.ts';
import type { Deps } from './deps.ts';
import type { Told } from './told.ts';

/**
 * One mail of an announcement, told from the registration as it stands now: whom the announcement is not for any more, gets none. A
 * coordinator gets one about all of their people whom it is for.
 */
export async function aboutAnnouncement(deps: Deps, kind: AnnouncementKind, message: OutboxMessage): Promise<Told> {
  const { eventId, reference, language, announcement: id = '', to, createdAt } = message;
  const [found, announcement] = await Promise.all([
    deps.registrations.readWithEvent(eventId, reference, language),
    deps.announcements.read(eventId, id),
  ]);
  if (found === undefined) return { obstacle: 'registration-gone' };
  if (announcement === undefined || !isTheirs(found.registration, to)) return { obstacle: 'superseded' };
  const data = await dataOf(deps, found, createdAt);
  const { delegation } = found.registration;
  const told = delegation?.throughCoordinator
    ? await toCoordinator(deps, announcement, found, data)
    : isFor(announcement, found.registration) && { ...data, announcement };
  if (!told) return { obstacle: 'superseded' };
  return { message: renderMessage(kind, told), event: found.event };
}

async function toCoordinator(
  deps: Deps,
  announcement: Announcement,
  { registration: { eventId, delegation }, language }: RegistrationWithEvent,
  data: Omit<AnnouncedData, 'announcement'>,
): Promise<AnnouncedData | undefined> {
  const roster = await deps.delegations.readRoster(eventId, delegation?.id ?? '');
  if (roster === undefined) return undefined;
  const registrations = [...(await deps.delegations.registrations(roster)).values()];
  const people = registrations.filter((each) => isReachedThrough(each) && isFor(announcement, each));
  if (people.length === 0) return undefined;
  const page = `${deps.siteUrl}/d/${await delegationToken(roster.delegation, deps.secrets)}?lang=${language}`;
  return {
    ...data,
    announcement,
    concerned: people.map(({ fullName }) => fullName),
    links: { ...data.links, delegation: page },
  };
}

const isReachedThrough = ({ delegation }: Registration): boolean => delegation?.throughCoordinator === true;
