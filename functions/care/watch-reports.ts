import type { EventDefinition } from '../../shared/domain/event.ts';
import { retentionEnd } from '../../shared/domain/event-times.ts';
import { isLapsedReader, isReader } from '../../shared/domain/report-readers.ts';
import type { Member } from '../../shared/store/role-item.ts';
import type { Deps } from './deps.ts';
import { contactAndDeputies, deputiesOf, noticesOf, noticeTo } from './report-mail.ts';

/**
 * Tells deputies whose turn it is once a vetting has run out: reports reach them all the same (CS17). Mails of reports that no mail came of,
 * since rivals or a crash kept it from being written, and of those that came in the moment in which somebody looked. It may be done at any
 * time and as often as one likes.
 */
export async function watchReports(deps: Deps, eventId: string): Promise<void> {
  const event = await deps.readRules(eventId);
  const now = deps.system.now();
  if (event === undefined || now.getTime() >= retentionEnd(event) * 1000) return;
  await tellOfUnopened(deps, event);
  await tellOfNobody(deps, event);
  if (now.getTime() >= Date.parse(event.registration.opensAt)) await tellOfLapsed(deps, event);
}

async function tellOfUnopened(deps: Deps, event: EventDefinition<string>): Promise<void> {
  for (const about of [false, true]) {
    const newest = await newestOf(deps, event, about);
    if (newest === undefined) continue;
    const notices = await deps.reportNotices.list(event.id);
    const seenSince = new Set(
      notices.filter(({ seenAt = '' }) => seenAt >= newest.receivedAt).map(({ reader }) => reader),
    );
    const wanting = await noticesOf(deps, event, { ...newest, aboutOrganiser: about || undefined });
    for (const notice of wanting.filter(({ reader }) => !seenSince.has(reader))) {
      await deps.reportNotices.mail(event, notice);
    }
  }
}

/** Those about organisers are among all that deputies see: where one of the rest is newer, readers hear of that one. */
const newestOf = ({ reports }: Deps, { id: eventId }: EventDefinition<string>, aboutOrganisers: boolean) =>
  reports.unopened({ eventId, aboutOrganisers }, 'newest');

async function tellOfLapsed(deps: Deps, event: EventDefinition<string>): Promise<void> {
  const [members, notices] = await Promise.all([deps.roles.list(event.id), deps.reportNotices.list(event.id)]);
  const told = new Set(notices.map(({ reader }) => reader));
  for (const member of members.filter(({ grants }) => isLapsedReader(grants, event))) {
    for (const deputy of deputiesOf(event, members)) {
      const reader = `LAPSED#${member.id}#${lapsedOn(member)}#${deputy.reader}`;
      if (told.has(reader)) continue;
      await deps.reportNotices.mail(event, noticeTo(deps, event, 'vetting-lapsed', '', { ...deputy, reader }));
    }
  }
}

/** Names the notice that somebody reads reports, since when, and until when: of the event, to nobody. */
const READERS = 'READERS';

/**
 * That the last one who read reports is gone, by whatever way, before registration opens too. An event for which nobody was named yet is
 * not told of: registration does not open then.
 */
async function tellOfNobody(deps: Deps, event: EventDefinition<string>): Promise<void> {
  const [members, notices] = await Promise.all([deps.roles.list(event.id), deps.reportNotices.list(event.id)]);
  const since = notices.find(({ reader }) => reader === READERS);
  if (members.some(({ grants }) => isReader(grants, event))) {
    if (since === undefined || since.seenAt !== undefined) await deps.reportNotices.begin(event, READERS);
    return;
  }
  if (since === undefined || since.seenAt !== undefined) return;
  for (const each of contactAndDeputies(event, members)) {
    const reader = `READERS-GONE#${since.mailedAt}#${each.reader}`;
    if (notices.some((notice) => notice.reader === reader)) continue;
    await deps.reportNotices.mail(event, noticeTo(deps, event, 'readers-gone', '', { ...each, reader }));
  }
  await deps.reportNotices.noteSeen(event.id, [READERS]);
}

/** Of someone who was vetted anew in the meantime, it may run out again. */
const lapsedOn = ({ grants }: Member): string =>
  grants.flatMap(({ role, vettedUntil }) => (role === 'safeguarding' && vettedUntil ? [vettedUntil] : [])).join();
