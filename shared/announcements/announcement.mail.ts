import { delegationToken } from '../delegation/delegation-link.store.ts';
import { eventOfMail } from '../event/event-of.case.ts';
import { asHeld } from '../event/event-standing.ts';
import { retentionEnd } from '../event/event-times.ts';
import { changesFor } from '../event/programme/programme-change.ts';
import type { MailTranslate } from '../kernel/i18n/words.ts';
import type { LinkName } from '../kernel/keys/named-link.store.ts';
import type { Needs } from '../kernel/parts.store.ts';
import { wantsOptional } from '../mail/fate/mail-fate.ts';
import { KINDS, type MailKind } from '../mail/kinds.ts';
import { type Content, paragraph } from '../mail/letter/content.ts';
import { fittingSubject, makeLetter, type Obstacle } from '../mail/letter/letter.ts';
import type { OutboxMessage } from '../mail/outbox/message.schema.ts';
import { newJob } from '../mail/outbox/new-items.store.ts';
import { isLeftAddress } from '../registration/change/address-change.store.ts';
import { mailOfDelegation, mailOfRegistration, unsubscribeToken } from '../registration/link/manage-link.store.ts';
import { isTheirs, loadRegistration } from '../registration/registration.mail.ts';
import type { Registration } from '../registration/registration.schema.ts';
import type { RegistrationWithEvent } from '../registration/registration.store.ts';
import { dataOf } from '../registration/registration-data.case.ts';
import type { AnnouncedData } from './announced-data.ts';
import { isStillTold, maySenderWrite, type StillToldDeps } from './announced-message.case.ts';
import type { Announcement } from './announcement.schema.ts';
import { isFor } from './announcement.ts';
import { isTimely } from './timed/timed-announcement.ts';
import { organiserWords, sampleRecipient } from './write/organiser-words.ts';

type AnnouncementDeps = StillToldDeps &
  Needs<'announcements' | 'delegations' | 'jobs' | 'readAddressChange' | 'registrations' | 'roles' | 'siteUrl'>;

interface Found extends RegistrationWithEvent {
  readonly announcement: Announcement & { readonly stoppedAt?: string | undefined };
  /** Where the attendee is reached by now, who changed their address while it waited. */
  readonly movedTo?: string | undefined;
}

interface Steps<Deps, Said> {
  /** Whether there is any use in it, as the event stands now. */
  readonly current?: (found: Found) => boolean;
  /** What a mail to an attendee themselves says beside what every one does. */
  readonly own?: (deps: Deps, found: Found, data: AnnouncedData) => Promise<Partial<AnnouncedData>>;
  readonly write: (data: AnnouncedData, t: MailTranslate) => Said;
}

/**
 * One mail of an announcement, told from the registration and the event as they stand now: whom the announcement is not for any more,
 * gets none, nor does who stopped mail that they can do without. A coordinator gets one about all of their people whom it is for.
 */
export const announcementLetter = <Said extends Content, Deps = unknown>({
  current = () => true,
  own,
  write,
}: Steps<Deps, Said>) =>
  makeLetter({
    load: loadAnnouncement,
    async current(found, { to }, deps: AnnouncementDeps & Deps) {
      const { registration, event, announcement, movedTo } = found;
      if (!isTheirs(registration, movedTo ?? to) || !current(found)) return false;
      if (!isTimely(announcement, event, deps.system.now())) return false;
      if (!(await isStillTold(deps, announcement, registration))) return false;
      if (announcement.stoppedAt !== undefined) return 'stopped';
      if (await maySenderWrite(deps, announcement)) return true;
      // Its job looks at the sender too, and stops all that is left of it.
      const job = newJob(deps.system, 'announce', event.id, { reference: announcement.id });
      await deps.jobs.add(job, retentionEnd(event));
      return 'stopped';
    },
    async data(deps: AnnouncementDeps & Deps, found: Found, message): Promise<AnnouncedData | Obstacle> {
      const { registration, event, announcement } = found;
      const unsubscribe = await unsubscribing(deps, message.kind, registration);
      if (unsubscribe === 'opted-out') return { obstacle: 'opted-out' };
      const data = withUnsubscribe({ ...(await dataOf(deps, found, message)), announcement }, unsubscribe.url);
      if (registration.delegation?.throughCoordinator) return toCoordinator(deps, found, data);
      const held = asHeld(event, registration);
      // Who was chosen has a mail, and nobody else.
      const chosen = new Set([registration.reference]);
      if (!isFor({ ...announcement, chosen }, held)) return { obstacle: 'superseded' };
      const { changes } = announcement;
      return {
        ...data,
        wished: registration.mode,
        ...(changes && { changes: changesFor(changes, held) }),
        ...(await own?.(deps, found, data)),
      };
    },
    to: ({ movedTo }) => movedTo,
    write,
  });

/** Whether a mail is wanted by its reader, and where they stop mail like it; no address where they need it. */
type Unsubscribing = 'opted-out' | { readonly url: string | undefined };

/** The coordinator is the reader for an attendee who is reached through them. */
async function unsubscribing(
  deps: AnnouncementDeps,
  kind: MailKind,
  registration: Registration,
): Promise<Unsubscribing> {
  if (!KINDS[kind].optional) return { url: undefined };
  const { eventId, delegation } = registration;
  if (!delegation?.throughCoordinator) return ofReader(deps, registration, mailOfRegistration(registration));
  const read = await deps.delegations.read(eventId, delegation.id);
  return read === undefined ? { url: undefined } : ofReader(deps, read, mailOfDelegation(read));
}

async function ofReader(
  deps: AnnouncementDeps,
  reader: Parameters<typeof wantsOptional>[0],
  mail: LinkName,
): Promise<Unsubscribing> {
  if (!wantsOptional(reader)) return 'opted-out';
  return { url: `${deps.siteUrl}/u/${await unsubscribeToken(mail, deps.secrets)}` };
}

async function loadAnnouncement(deps: AnnouncementDeps, message: OutboxMessage): Promise<Found | Obstacle> {
  const [found, announcement] = await Promise.all([
    readRegistration(deps, message),
    deps.announcements.read(message.eventId, message.announcement ?? ''),
  ]);
  if ('obstacle' in found) return found;
  if (announcement === undefined) return { obstacle: 'superseded' };
  const { registration } = found;
  if (isTheirs(registration, message.to) || registration.delegation?.throughCoordinator)
    return { ...found, announcement };
  const isMoved = isLeftAddress(await deps.readAddressChange(message), message.to);
  return { ...found, announcement, movedTo: isMoved ? registration.email : undefined };
}

/** The registration that it was written for; where that one is not reached through its coordinator any more, another one that is. */
async function readRegistration(
  deps: AnnouncementDeps,
  message: OutboxMessage,
): Promise<RegistrationWithEvent | Obstacle> {
  const { eventId, delegation, to } = message;
  const found = await loadRegistration(deps, message);
  if (delegation === undefined || (!('obstacle' in found) && isTheirs(found.registration, to))) return found;
  const roster = await deps.delegations.readRoster(eventId, delegation);
  const others = roster ? [...(await deps.delegations.registrations(roster)).values()] : [];
  const other = others.find((each) => isReachedThrough(each) && isTheirs(each, to));
  return other === undefined ? found : loadRegistration(deps, { ...message, reference: other.reference });
}

const withUnsubscribe = (data: AnnouncedData, url: string | undefined): AnnouncedData =>
  url === undefined
    ? data
    : { ...data, oneClick: url, links: { ...data.links, unsubscribe: `${url}?lang=${data.registration.language}` } };

async function toCoordinator(
  deps: AnnouncementDeps,
  { registration: { eventId, delegation }, event, language, announcement }: Found,
  data: AnnouncedData,
): Promise<AnnouncedData | Obstacle> {
  const roster = await deps.delegations.readRoster(eventId, delegation?.id ?? '');
  if (roster === undefined) return { obstacle: 'superseded' };
  const registrations = [...(await deps.delegations.registrations(roster)).values()].map((each) => asHeld(event, each));
  const meant = { ...announcement, chosen: await deps.announcements.chosen(announcement) };
  const people = registrations.filter((each) => isReachedThrough(each) && isFor(meant, each));
  if (people.length === 0) return { obstacle: 'superseded' };
  const page = `${deps.siteUrl}/d/${await delegationToken(roster.delegation, deps.secrets)}?lang=${language}`;
  const { changes } = announcement;
  return {
    ...data,
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

export const organiserMessage = announcementLetter({ write: organiserWords });

type Deps = Needs<'events' | 'siteUrl'>;

/** What an organiser is about to send, to themselves: about nobody's registration, and marked so that nobody takes it for that. */
export const messageTest = makeLetter({
  load: eventOfMail,
  current: (_, { words }) => words !== undefined,
  data({ siteUrl }: Deps, { event, language }, { id, words, createdAt }): AnnouncedData | Obstacle {
    if (words === undefined) return { obstacle: 'superseded' };
    const announcement = { eventId: event.id, id, kind: 'organiser-message' as const, segment: {}, createdAt };
    return sampleRecipient(event, language, { ...announcement, words: { [language]: words } }, siteUrl);
  },
  write(data, t) {
    const { subject, blocks, ...rest } = organiserWords(data, t);
    return {
      ...rest,
      subject: fittingSubject(
        t('message-test.subject', { subject }),
        t('message-test.subject', { subject: rest.title }),
      ),
      blocks: [paragraph(t('message-test.note')), ...blocks],
    };
  },
});
