import { retentionEnd } from '../event/event-times.ts';
import type { Needs } from '../kernel/parts.store.ts';
import type { Registration } from '../registration/registration.schema.ts';
import { announcedMessage, announcedToGuardianId } from './announced-message.case.ts';
import { type Announcement, isFor } from './announcement.ts';
import { lastStanding } from './told.ts';

type Deps = Needs<'guardianNews' | 'readRules' | 'secrets' | 'system' | 'young'>;

/**
 * Writes to guardians of minors what everyone else is told of an event: that it is cancelled, postponed, online or on other dates, for
 * whatever announces a change cannot read where guardians are reached. It may be done at any time and by two at once: a mail's id is
 * made from whom it is about. What was taken back before is not told at all.
 */
export async function tellGuardians({ guardianNews, ...deps }: Deps, eventId: string): Promise<void> {
  const told = await guardianNews.readTold(eventId);
  const id = told && lastStanding(told)?.announcement;
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

/** Who signed on paper has no address: whoever looks after children tells them. */
const isReachedByMail = ({ ageBand, guardianLinkVersion }: Registration): boolean =>
  ageBand === 'minor' && guardianLinkVersion !== undefined;

async function mailTo({ system, secrets, young }: Deps, announcement: Announcement, minor: Registration) {
  const { email, language } = (await young.readGuardian(minor)) ?? {};
  // Deleted since the page was read.
  if (email === undefined || language === undefined) return undefined;
  const { eventId, reference } = minor;
  const id = await announcedToGuardianId(secrets, announcement, minor);
  const about = { id: announcement.id, kind: 'guardian-event-status' } as const;
  return announcedMessage(id, about, { eventId, reference, email, language }, system.now());
}
