import type { EventDefinition } from '../../event/event.ts';
import { retentionEnd } from '../../event/event-times.ts';
import type { Needs } from '../../kernel/parts.store.ts';
import type { Member } from '../../team/role/role-item.store.ts';
import { deputiesOf, noticesOf, noticeTo, recipientsOf } from './report-mail.case.ts';
import { isLapsedReader, isReader, readsAboutOrganisers } from './report-readers.ts';

type Deps = Needs<'readRules' | 'reportNotices' | 'reports' | 'roles' | 'system'>;

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

/** Who reads reports, by the name of the notice that there is somebody, since when and until when: of the event, to nobody. */
const READERSHIPS = [
  { name: 'READERS', reads: isReader, gone: 'readers-gone' },
  { name: 'DEPUTIES', reads: readsAboutOrganisers, gone: 'deputies-gone' },
] as const;

/**
 * That the last one who read reports, or those about organisers, is gone, by whatever way, before registration opens too: to all whom
 * reports reach otherwise. Organisers are mailed of neither, as of reports, which may be about them: the overview tells them, where they
 * name somebody. An event for which nobody was named yet is not told of: registration does not open then.
 */
async function tellOfNobody(deps: Deps, event: EventDefinition<string>): Promise<void> {
  const [members, notices] = await Promise.all([deps.roles.list(event.id), deps.reportNotices.list(event.id)]);
  for (const { name, reads, gone } of READERSHIPS) {
    const since = notices.find(({ reader, seenAt }) => reader === name && seenAt === undefined)?.mailedAt;
    const notice = `${name}-GONE#${since}#`;
    const told = new Set(notices.map(({ reader }) => reader).filter((reader) => reader.startsWith(notice)));
    const isThere = members.some(({ grants }) => reads(grants, event));
    // Somebody who came while others were still to be told begins anew: their going is told to all.
    const isOver = since !== undefined && (!isThere || told.size > 0);
    for (const each of isOver && !isThere ? recipientsOf(event, members, false) : []) {
      const reader = `${notice}${each.reader}`;
      if (told.has(reader)) continue;
      await deps.reportNotices.mail(event, noticeTo(deps, event, gone, '', { ...each, reader }));
    }
    if (isOver) await deps.reportNotices.noteSeen(event.id, [name], deps.system.now().toISOString());
    if (isThere && (since === undefined || isOver)) await deps.reportNotices.begin(event, name);
  }
}

/** Of someone who was vetted anew in the meantime, it may run out again. */
const lapsedOn = ({ grants }: Member): string =>
  grants.flatMap(({ role, vettedUntil }) => (role === 'safeguarding' && vettedUntil ? [vettedUntil] : [])).join();
