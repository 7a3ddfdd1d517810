import type { EventDefinition } from '../../event/event.ts';
import { retentionEnd } from '../../event/event-times.ts';
import type { Needs } from '../../kernel/parts.store.ts';
import { recipientIdentity } from '../../kernel/text/email-address.ts';
import type { FocalPointKind } from '../../mail/kinds.ts';
import { newMessage } from '../../mail/outbox/new-items.store.ts';
import { isDeputy } from '../../team/role/organiser-role.ts';
import type { Member } from '../../team/role/role.store.ts';
import { isLapsedReader, isReader, readsAboutOrganisers } from './report.ts';
import type { ReportNotice } from './report-item.store.ts';
import { isAwaited, type Notice } from './report-notice.store.ts';
import type { Report } from './reports.schema.ts';

type WatchReportsDeps = Needs<'readRules' | 'reportNotices' | 'reports' | 'roles' | 'system'>;

/**
 * Tells deputies whose turn it is once a vetting has run out: reports reach them all the same (CS17). Mails of reports that no mail came
 * of, since rivals or a crash kept it from being written, and of those that came in the moment in which a reader looked. It may be done at
 * any time and as often as one likes.
 */
export async function watchReports(deps: WatchReportsDeps, eventId: string): Promise<void> {
  const event = await deps.readRules(eventId);
  const now = deps.system.now();
  if (event === undefined || now.getTime() >= retentionEnd(event) * 1000) return;
  await tellOfUnopened(deps, event);
  const [members, notices] = await Promise.all([deps.roles.list(event.id), deps.reportNotices.list(event.id)]);
  await tellOfNobody(deps, event, members, notices);
  if (now.getTime() >= Date.parse(event.registration.opensAt)) await tellOfLapsed(deps, event, members, notices);
}

async function tellOfUnopened(deps: WatchReportsDeps, event: EventDefinition<string>): Promise<void> {
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
const newestOf = ({ reports }: WatchReportsDeps, { id: eventId }: EventDefinition<string>, aboutOrganisers: boolean) =>
  reports.unopened({ eventId, aboutOrganisers }, 'newest');

async function tellOfLapsed(
  deps: WatchReportsDeps,
  event: EventDefinition<string>,
  members: readonly Member[],
  notices: readonly ReportNotice[],
): Promise<void> {
  const told = new Set(notices.map(({ reader }) => reader));
  for (const member of members.filter(({ grants }) => isLapsedReader(grants, event))) {
    for (const deputy of deputiesOf(event, members)) {
      const reader = `LAPSED#${member.id}#${lapsedOn(member)}#${deputy.reader}`;
      if (told.has(reader)) continue;
      await deps.reportNotices.mail(event, noticeTo(deps, event, 'vetting-lapsed', member.id, { ...deputy, reader }));
    }
  }
}

/** Who reads reports, by the name of the notice that there is such a member, since when and until when: of the event, to nobody. */
const READERSHIPS = [
  { name: 'READERS', reads: isReader, gone: 'readers-gone' },
  { name: 'DEPUTIES', reads: readsAboutOrganisers, gone: 'deputies-gone' },
] as const;

/**
 * That the last one who read reports, or those about organisers, is gone, by whatever way, before registration opens too: to all whom
 * reports reach otherwise. Organisers are mailed of neither, as of reports, which may be about them: the overview tells them, where they
 * name members. An event for which nobody was named yet is not told of: registration does not open then.
 */
async function tellOfNobody(
  deps: WatchReportsDeps,
  event: EventDefinition<string>,
  members: readonly Member[],
  notices: readonly ReportNotice[],
): Promise<void> {
  for (const { name, reads, gone } of READERSHIPS) {
    const since = notices.find(({ reader, seenAt }) => reader === name && seenAt === undefined)?.mailedAt;
    const notice = `${name}-GONE#${since}#`;
    const told = new Set(notices.map(({ reader }) => reader).filter((reader) => reader.startsWith(notice)));
    const isThere = members.some(({ grants }) => reads(grants, event));
    // A member who came while others were still to be told begins anew: their going is told to all.
    const isOver = since !== undefined && (!isThere || told.size > 0);
    for (const each of isOver && !isThere ? recipientsOf(event, members, false) : []) {
      const reader = `${notice}${each.reader}`;
      if (told.has(reader)) continue;
      await deps.reportNotices.mail(event, noticeTo(deps, event, gone, event.id, { ...each, reader }));
    }
    if (isOver) await deps.reportNotices.noteSeen(event.id, [name], deps.system.now().toISOString());
    if (isThere && (since === undefined || isOver)) await deps.reportNotices.begin(event, name);
  }
}

/** Of a member who was vetted anew in the meantime, it may run out again. */
const lapsedOn = ({ grants }: Member): string =>
  grants.flatMap(({ role, vettedUntil }) => (role === 'safeguarding' && vettedUntil ? [vettedUntil] : [])).join();

type ReportMailDeps = Needs<'reportNotices' | 'roles' | 'system'>;

/** Addresses that the event's definition names, beside the ids of members. */
export const CONTACT = 'CONTACT';
export const DEPUTY = 'DEPUTY';

interface Recipient {
  /** A member's id, or one of the above. */
  readonly reader: string;
  readonly email: string;
  readonly language: string;
}

type About = Pick<Report, 'reference' | 'aboutOrganiser'>;

/**
 * The mails of a report to those who may read it and are not mailed yet: that there is one, and nothing that it says. Each gets one until
 * they look, or a day is over, however many come (CS23).
 */
export async function noticesOf(
  deps: Pick<ReportMailDeps, 'roles' | 'reportNotices' | 'system'>,
  event: EventDefinition<string>,
  report: About,
): Promise<readonly Notice[]> {
  const [members, notices] = await Promise.all([deps.roles.list(event.id), deps.reportNotices.list(event.id)]);
  const now = deps.system.now();
  const waiting = new Set(notices.filter((notice) => isAwaited(notice, now)).map(({ reader }) => reader));
  return recipientsOf(event, members, report.aboutOrganiser === true)
    .filter(({ reader }) => !waiting.has(reader))
    .map((recipient) => noticeTo(deps, event, 'report-received', report.reference, recipient));
}

export function noticeTo(
  { system }: Pick<ReportMailDeps, 'system'>,
  { id: eventId }: EventDefinition<string>,
  kind: FocalPointKind,
  reference: string,
  { reader, email, language }: Recipient,
): Notice {
  return { reader, message: newMessage(system, kind, { eventId, reference, email, language }) };
}

/** Readers, the contact and deputies; about an organiser, deputies alone. The secretariat's own address never. */
export function recipientsOf(
  event: EventDefinition<string>,
  members: readonly Member[],
  aboutOrganiser: boolean,
): readonly Recipient[] {
  const reads = ({ grants }: Member): boolean => isReader(grants, event) || isDeputy(grants);
  const readers = members.filter((each) => (aboutOrganiser ? readsAboutOrganisers(each.grants) : reads(each)));
  const contact = aboutOrganiser || !event.safeguarding ? [] : [addressed(event, CONTACT, event.safeguarding.email)];
  const all = [
    ...readers.flatMap(({ id, email, language }) => (email ? [addressed(event, id, email, language)] : [])),
    ...contact,
    ...deputiesOf(event, []),
  ];
  return onceEach(event, all);
}

/** Whom the definition names, and members who are one. */
export const deputiesOf = (event: EventDefinition<string>, members: readonly Member[]): readonly Recipient[] =>
  onceEach(event, [
    ...members.flatMap(({ id, grants, email, language }) =>
      email && readsAboutOrganisers(grants) ? [addressed(event, id, email, language)] : [],
    ),
    ...(event.safeguarding?.deputy ? [addressed(event, DEPUTY, event.safeguarding.deputy.email)] : []),
  ]);

const addressed = (
  { languages }: EventDefinition<string>,
  reader: string,
  email: string,
  language: string = languages[0] ?? 'en',
): Recipient => ({ reader, email, language });

function onceEach({ secretariat }: EventDefinition<string>, all: readonly Recipient[]): readonly Recipient[] {
  const known = new Set([recipientIdentity(secretariat.email)]);
  return all.filter(({ email }) => {
    const isNew = !known.has(recipientIdentity(email));
    known.add(recipientIdentity(email));
    return isNew;
  });
}
