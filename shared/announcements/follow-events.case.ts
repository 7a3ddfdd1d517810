import { retentionEnd } from '../event/event-times.ts';
import { logger } from '../kernel/log.store.ts';
import type { Needs } from '../kernel/parts.store.ts';
import { forgetDeleted, keepCare } from '../minors/keep-care.case.ts';
import { watchReports } from '../minors/report/watch-reports.case.ts';
import type { Registration } from '../registration/registration.schema.ts';
import { announcedMessage, announcedToGuardianId } from './announced-message.case.ts';
import type { Announcement } from './announcement.schema.ts';
import { isFor } from './announcement.ts';
import { lastAnnounced } from './told.ts';

/**
 * What follows from changes of events that others make, who cannot read `Care`: it keeps what is in it for as long as they say by now, and
 * guardians are told of them; and who reads reports of what waits to be opened. A timer asks for it. Where one event fails, the others go on.
 */
export async function followEvents(
  deps: Needs<
    | 'changedEvents'
    | 'guardianNews'
    | 'keptCare'
    | 'listEvents'
    | 'readRules'
    | 'reportNotices'
    | 'reports'
    | 'roles'
    | 'secrets'
    | 'system'
    | 'young'
  >,
): Promise<void> {
  const events = await deps.listEvents();
  for (const eventId of events) await attempt('care not kept', eventId, () => keepCare(deps, eventId));
  for (const eventId of events) await attempt('guardians not told', eventId, () => tellGuardians(deps, eventId));
  for (const eventId of events) await attempt('reports not watched', eventId, () => watchReports(deps, eventId));
  // Last, and few at a time: of them nothing can be read any more.
  for (const deleted of (await deps.changedEvents.of('deleted')).slice(0, FORGOTTEN_AT_ONCE))
    await attempt('deleted event not forgotten', deleted.eventId, () => forgetDeleted(deps, deleted));
}

const FORGOTTEN_AT_ONCE = 5;

async function attempt(failure: string, eventId: string, follow: () => Promise<void>): Promise<void> {
  try {
    await follow();
  } catch (error) {
    logger.error(failure, { error, eventId });
  }
}

type TellGuardiansDeps = Needs<'guardianNews' | 'readRules' | 'secrets' | 'system' | 'young'>;

/**
 * Writes to guardians of minors what everyone else is told of an event: that it is cancelled, postponed, online or on other dates, for
 * whatever announces a change cannot read where guardians are reached. It may be done at any time and by two at once: a mail's id is
 * made from whom it is about. What was taken back before is not told at all.
 */
export async function tellGuardians({ guardianNews, ...deps }: TellGuardiansDeps, eventId: string): Promise<void> {
  const told = await guardianNews.readTold(eventId);
  const id = told && lastAnnounced(told)?.announcement;
  const announcement = id === undefined ? undefined : await guardianNews.readAnnouncement(eventId, id);
  if (announcement === undefined || announcement.guardiansAt !== undefined) return;
  const event = await deps.readRules(eventId);
  if (event === undefined) return;
  for await (const page of guardianNews.registrations(eventId)) {
    const minors = page.filter((each) => isReachedByMail(each) && isFor(announcement, each));
    await Promise.all(
      minors.map(async (minor) => {
        const message = await mailTo({ guardianNews, ...deps }, announcement, minor);
        if (message) await guardianNews.write(message, retentionEnd(event));
      }),
    );
  }
  await guardianNews.markDone(announcement, deps.system.now());
}

/** Guardians who signed on paper have no address: members who may see minors tell them. */
const isReachedByMail = ({ minor }: Registration): boolean => minor?.guardianLinkVersion !== undefined;

async function mailTo({ system, secrets, young }: TellGuardiansDeps, announcement: Announcement, minor: Registration) {
  const { email, language } = (await young.readGuardian(minor)) ?? {};
  // Deleted since the page was read.
  if (email === undefined || language === undefined) return undefined;
  const { eventId, reference } = minor;
  const id = await announcedToGuardianId(secrets, announcement, minor);
  const about = { id: announcement.id, kind: 'guardian-event-status' } as const;
  return announcedMessage(id, about, { eventId, reference, email, language }, system.now());
}
