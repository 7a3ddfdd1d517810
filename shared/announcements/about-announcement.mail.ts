import { delegationToken } from '../delegation/delegation-link.store.ts';
import { asHeld, isCalledOff } from '../event/event-standing.ts';
import { changesFor } from '../event/programme/programme-change.ts';
import type { Needs } from '../kernel/parts.store.ts';
import type { AnnouncedData, MessageData } from '../mail/letter/message-data.ts';
import type { AnnouncementKind, OutboxMessage } from '../mail/outbox/message.ts';
import type { Told } from '../mail/outbox/told.case.ts';
import { unsubscribing } from '../mail/outbox/unsubscribing.case.ts';
import { renderMessage } from '../message.ts';
import { isTheirs } from '../registration/about-registration.mail.ts';
import type { RegistrationWithEvent } from '../registration/registration.store.ts';
import type { Registration } from '../registration/registration.ts';
import { dataOf } from '../registration/registration-data.case.ts';
import { type Announcement, isFor } from './announcement.ts';
import { isStillTold } from './still-told.case.ts';
import { afterwardsFor } from './timed/afterwards.case.ts';
import { isTimely } from './timed/timed-announcement.ts';

type Deps = Needs<
  | 'announcements'
  | 'attending'
  | 'delegations'
  | 'outbox'
  | 'readFormSettings'
  | 'readTold'
  | 'registrations'
  | 'secrets'
  | 'signer'
  | 'siteUrl'
  | 'system'
>;

/**
 * One mail of an announcement, told from the registration and the event as they stand now: whom the announcement is not for any more,
 * gets none, nor does who stopped mail that they can do without. A coordinator gets one about all of their people whom it is for.
 */
export async function aboutAnnouncement(deps: Deps, kind: AnnouncementKind, message: OutboxMessage): Promise<Told> {
  const { eventId, announcement: id = '', to, createdAt } = message;
  const [found, announcement] = await Promise.all([
    readRegistration(deps, message),
    deps.announcements.read(eventId, id),
  ]);
  if (found === undefined) return { obstacle: 'registration-gone' };
  const { registration, event } = found;
  if (announcement === undefined || !isTheirs(registration, to)) return { obstacle: 'superseded' };
  // The programme of what does not take place is of no use to anyone.
  if (kind === 'programme-changed' && isCalledOff(event)) return { obstacle: 'superseded' };
  if (!isTimely(announcement, event, deps.system.now())) return { obstacle: 'superseded' };
  if (!(await isStillTold(deps, announcement, registration))) return { obstacle: 'superseded' };
  if (announcement.stoppedAt !== undefined) return { obstacle: 'stopped' };
  const unsubscribe = await unsubscribing(deps, kind, registration);
  if (unsubscribe === 'opted-out') return { obstacle: 'opted-out' };
  const data = withUnsubscribe(await dataOf(deps, found, createdAt), unsubscribe.url);
  const told = registration.delegation?.throughCoordinator
    ? await toCoordinator(deps, announcement, found, data)
    : isFor(announcement, asHeld(event, registration)) && {
        ...data,
        ...(await ownPart(deps, announcement, found)),
        ...(kind === 'thank-you' && { links: { ...data.links, afterwards: await afterwardsFor(deps, found) } }),
        announcement,
      };
  if (!told) return { obstacle: 'superseded' };
  return { message: renderMessage(kind, told), event, unsubscribe: unsubscribe.url };
}

/** The registration that it was written for; where that one is not reached through its coordinator any more, another one that is. */
async function readRegistration(
  { registrations, delegations }: Deps,
  { eventId, reference, language, delegation, to }: OutboxMessage,
): Promise<RegistrationWithEvent | undefined> {
  const found = await registrations.readWithEvent(eventId, reference, language);
  if (delegation === undefined || (found && isTheirs(found.registration, to))) return found;
  const roster = await delegations.readRoster(eventId, delegation);
  const others = roster ? [...(await delegations.registrations(roster)).values()] : [];
  const other = others.find((each) => isReachedThrough(each) && isTheirs(each, to));
  return other === undefined ? found : registrations.readWithEvent(eventId, other.reference, language);
}

const withUnsubscribe = (data: MessageData, url: string | undefined): MessageData =>
  url === undefined
    ? data
    : { ...data, links: { ...data.links, unsubscribe: `${url}?lang=${data.registration.language}` } };

const WITH_TICKET: readonly AnnouncementKind[] = ['event-rescheduled', 'event-moved-online'];

/** What a mail to someone themselves says beside what every mail does. */
async function ownPart(
  deps: Deps,
  { kind, changes }: Announcement,
  { registration, event }: RegistrationWithEvent,
): Promise<Pick<AnnouncedData, 'wished' | 'ticket' | 'changes'>> {
  const hasTicket = registration.status === 'confirmed' && WITH_TICKET.includes(kind);
  return {
    wished: registration.mode,
    ...(hasTicket && { ticket: await deps.signer.sign(event, registration) }),
    ...(changes && { changes: changesFor(changes, asHeld(event, registration)) }),
  };
}

async function toCoordinator(
  deps: Deps,
  announcement: Announcement,
  { registration: { eventId, delegation }, event, language }: RegistrationWithEvent,
  data: Omit<AnnouncedData, 'announcement'>,
): Promise<AnnouncedData | undefined> {
  const roster = await deps.delegations.readRoster(eventId, delegation?.id ?? '');
  if (roster === undefined) return undefined;
  const registrations = [...(await deps.delegations.registrations(roster)).values()].map((each) => asHeld(event, each));
  const people = registrations.filter((each) => isReachedThrough(each) && isFor(announcement, each));
  if (people.length === 0) return undefined;
  const page = `${deps.siteUrl}/d/${await delegationToken(roster.delegation, deps.secrets)}?lang=${language}`;
  const { changes } = announcement;
  return {
    ...data,
    announcement,
    concerned: people.map(({ fullName }) => fullName),
    ...(changes && { changes: mergedFor(changes, people) }),
    links: { ...data.links, delegation: page },
  };
}

/** Each change once, whichever of them it concerns. */
const mergedFor = (changes: NonNullable<Announcement['changes']>, people: readonly Registration[]) => [
  ...new Map(
    people.flatMap((each) => changesFor(changes, each)).map((change) => [JSON.stringify(change), change]),
  ).values(),
];

const isReachedThrough = ({ delegation }: Registration): boolean => delegation?.throughCoordinator === true;
