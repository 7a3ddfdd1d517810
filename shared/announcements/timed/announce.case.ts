import { presencesNow } from '../../checkin/attendance/attendance.case.ts';
import type { EventDefinition } from '../../event/event.ts';
import { asHeld } from '../../event/event-standing.ts';
import { retentionEnd } from '../../event/event-times.ts';
import { logger } from '../../kernel/log.store.ts';
import type { Needs } from '../../kernel/parts.store.ts';
import { wantsOptional } from '../../mail/fate/mail-fate.ts';
import { KINDS } from '../../mail/kinds.ts';
import { newJob } from '../../mail/outbox/new-items.store.ts';
import type { Job } from '../../mail/outbox/outbox-items.store.ts';
import { readPeople, type readPerson } from '../../registration/people/people.case.ts';
import type { Registration } from '../../registration/registration.schema.ts';
import { announcedId, announcedMessage, maySenderWrite } from '../announced-message.case.ts';
import type { Announcement, StoredAnnouncement } from '../announcement.schema.ts';
import { isFor, type Meant, type PossibleRecipient, recipientOf } from '../announcement.ts';
import { leftOutBecause, possibleRecipients } from '../write/audience.ts';
import { countingJob } from '../write/results.case.ts';
import { dueAnnouncements } from './timed-announcement.ts';

type AnnounceDeps = Needs<
  | 'announcements'
  | 'announcing'
  | 'attendanceIndex'
  | 'attendanceMemory'
  | 'client'
  | 'delegations'
  | 'jobs'
  | 'people'
  | 'peopleMemory'
  | 'registry'
  | 'roles'
  | 'secrets'
  | 'system'
  | 'waitlist'
>;

/** One run must end well within the function's 30 seconds; another job goes on from there. */
const MOST_MAILS = 1000;

/**
 * Writes the mails of an announcement, one for each whom it is for, in the order of their references. After each page it notes how
 * far it came. A mail's id is made from whom it is to: one that is there already, since the job was done before or is done by two at
 * once, is not written again. A run that is overtaken goes on from there: the faster one may fall, and the job is forgotten by either.
 */
export async function announceToAll(deps: AnnounceDeps, job: Job): Promise<void> {
  const { eventId, reference: id = '' } = job;
  const [stored, event] = await Promise.all([deps.announcements.read(eventId, id), deps.waitlist.readEvent(eventId)]);
  if (stored === undefined || event === undefined) return;
  if (stored.stoppedAt !== undefined) return forgetErased(deps, stored);
  if (!(await maySenderWrite(deps, stored))) {
    await deps.announcing.stop(stored);
    return forgetErased(deps, stored);
  }
  if (stored.doneAt !== undefined) return;
  const announcement = { ...stored, chosen: await deps.announcements.chosen(stored) };
  const expiresAt = retentionEnd(event);
  let { cursor } = announcement;
  let written = 0;
  for await (const page of pagesOf(deps, event, announcement)) {
    if (!(await maySenderWrite(deps, announcement))) return announceToAll(deps, job);
    const meant = onePerRecipient(page.filter((each) => isWrittenTo(announcement, event, each)));
    const recipients = KINDS[announcement.kind].optional ? await whoWantsIt(deps, meant) : meant;
    const more = await writeMails(deps, announcement, recipients, expiresAt);
    const last = page.at(-1)?.reference;
    if (announcement.written + written === 0 && more > 0)
      await deps.jobs.add(countingJob(deps, announcement), expiresAt);
    if (!(await deps.announcing.note(announcement, cursor, { cursor: last, more }))) return announceToAll(deps, job);
    cursor = last;
    written += more;
    if (written >= MOST_MAILS) {
      return deps.jobs.add(newJob(deps.system, 'announce', eventId, { reference: id }), expiresAt);
    }
  }
  await deps.announcing.note(announcement, cursor, { cursor, more: 0, doneAt: deps.system.now().toISOString() });
}

/**
 * Registrations that an announcement may be for, in the order of references, from where it stands. An organiser's message is most often for
 * some, whom the people index names: the others are not read. What we tell by ourselves is for nearly everyone.
 */
const pagesOf = (
  deps: AnnounceDeps,
  event: EventDefinition<string>,
  announcement: StoredAnnouncement & Meant,
): AsyncIterable<readonly Registration[]> =>
  announcement.kind === 'organiser-message'
    ? chosenPages(deps, event, announcement)
    : deps.announcing.registrations(event.id, announcement.cursor);

type MeantDeps = Needs<
  'attendanceIndex' | 'attendanceMemory' | 'client' | 'people' | 'peopleMemory' | 'registry' | 'system'
>;
type Known = Awaited<ReturnType<typeof readPerson>>;

/**
 * Whom an announcement is for now, by the people index, and where it asks who came, by that of attendance. To whom it goes is decided on
 * their registrations, once its job comes to them.
 */
export async function meantNow(
  deps: MeantDeps,
  event: EventDefinition<string>,
  known: Known,
  announcement: Meant,
): Promise<readonly PossibleRecipient[]> {
  const meant = possibleRecipients(event, known).filter((each) => isFor(announcement, each));
  const { attendance, attendanceAt = [] } = announcement.segment;
  if (attendance === undefined) return meant;
  const rows = [...known.people.values(), ...known.minors.values()];
  const presences = await presencesNow(deps, event, rows, attendanceAt);
  return meant.filter(({ reference }) => presences.get(reference)?.some((each) => attendance.includes(each)));
}

/** Registrations that are read together. */
const PAGE = 100;

async function* chosenPages(
  deps: AnnounceDeps,
  event: EventDefinition<string>,
  announcement: StoredAnnouncement & Meant,
): AsyncGenerator<readonly Registration[]> {
  const { cursor = '', chosen } = announcement;
  const all = chosen ?? (await meantNow(deps, event, await readPeople(deps, event), announcement)).map(referenceOf);
  const rest = [...all].filter((reference) => reference > cursor).sort();
  for (let first = 0; first < rest.length; first += PAGE) {
    const wanted = rest.slice(first, first + PAGE);
    const page = await deps.people.registrations(event.id, wanted);
    // Who was erased while it was sent is still among those who were chosen (CS20).
    const found = new Set(page.map(referenceOf));
    const gone = wanted.filter((each) => !found.has(each));
    if (chosen) for (const reference of gone) await deps.announcements.forget(event.id, reference);
    if (page.length > 0) yield page;
  }
}

/** Of one that is stopped, its mails are not written any more: who was erased while it was sent is looked for all the same (CS20). */
async function forgetErased(deps: Needs<'announcements' | 'people'>, announcement: Announcement): Promise<void> {
  const { eventId } = announcement;
  const chosen = [...((await deps.announcements.chosen(announcement)) ?? [])];
  for (let first = 0; first < chosen.length; first += PAGE) {
    const wanted = chosen.slice(first, first + PAGE);
    const there = new Set((await deps.people.registrations(eventId, wanted)).map(referenceOf));
    for (const each of wanted) if (!there.has(each)) await deps.announcements.forget(eventId, each);
  }
}

const referenceOf = ({ reference }: { readonly reference: string }): string => reference;

/** Leaves nothing of an erased person among those who were chosen for any message of their event. */
export async function forgetInMessages(
  { announcements }: Needs<'announcements'>,
  { eventId, reference }: Job,
): Promise<void> {
  if (reference !== undefined) await announcements.forget(eventId, reference);
}

const isWrittenTo = (
  announcement: Announcement & Meant,
  event: EventDefinition<unknown>,
  registration: Registration,
): boolean =>
  isFor(announcement, asHeld(event, registration)) && leftOutBecause(announcement, registration) === undefined;

const onePerRecipient = (registrations: readonly Registration[]): readonly Registration[] => [
  ...new Map(registrations.map((each) => [recipientOf(each), each])).values(),
];

/** Those of a delegation who are reached through its coordinator get none where that one stopped mail that can be done without. */
async function whoWantsIt(deps: AnnounceDeps, meant: readonly Registration[]): Promise<readonly Registration[]> {
  const wanted = await Promise.all(
    meant.map(async ({ eventId, delegation }) => {
      if (!delegation?.throughCoordinator) return true;
      return wantsOptional((await deps.delegations.read(eventId, delegation.id)) ?? {});
    }),
  );
  return meant.filter((_, index) => wanted[index]);
}

/** @returns how many there are, whichever run wrote them; of a coordinator, whom several pages may lead to, one */
async function writeMails(
  deps: AnnounceDeps,
  announcement: Announcement,
  recipients: readonly Registration[],
  expiresAt: number,
): Promise<number> {
  const written = await Promise.all(
    recipients.map(async (registration) => {
      const id = await announcedId(deps.secrets, announcement, registration);
      const message = announcedMessage(id, announcement, registration, deps.system.now());
      const isNew = await deps.announcing.write(message, expiresAt);
      return isNew || recipientOf(registration) === registration.reference;
    }),
  );
  return written.filter(Boolean).length;
}

type AnnounceInTimeDeps = Needs<'announcements' | 'announcing' | 'digestWriter' | 'system' | 'waitlist'>;

/**
 * Makes the reminders and the thanks whose time has come. It may be called at any time and as often as one likes: each is named by
 * its kind and the date that it is about, and is there once.
 */
export async function announceInTime(deps: AnnounceInTimeDeps): Promise<void> {
  for (const eventId of await deps.digestWriter.events()) {
    try {
      await announceOf(deps, eventId);
    } catch (error) {
      logger.error('announcements not made', { error, eventId });
    }
  }
}

async function announceOf(deps: AnnounceInTimeDeps, eventId: string): Promise<void> {
  const event = await deps.waitlist.readEvent(eventId);
  if (event === undefined) return;
  const now = deps.system.now();
  for (const { kind, id, segment } of dueAnnouncements(event, now)) {
    if ((await deps.announcements.read(eventId, id)) !== undefined) continue;
    await deps.announcing.make({ eventId, id, kind, segment, createdAt: now.toISOString() }, retentionEnd(event));
  }
}
