import type { EventDefinition } from '../../event/event.ts';
import type { Needs } from '../../kernel/parts.store.ts';
import { recipientIdentity } from '../../kernel/text/email-address.ts';
import type { FocalPointKind } from '../../mail/kinds.ts';
import { newMessage } from '../../mail/outbox/new-items.store.ts';
import { isDeputy } from '../../team/role/organiser-role.ts';
import type { Member } from '../../team/role/role-item.store.ts';
import type { Report } from './report.ts';
import { isAwaited, type Notice } from './report-notice.store.ts';
import { isReader, readsAboutOrganisers } from './report-readers.ts';

type Deps = Needs<'reportNotices' | 'roles' | 'system'>;

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
  deps: Pick<Deps, 'roles' | 'reportNotices' | 'system'>,
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
  { system }: Pick<Deps, 'system'>,
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
