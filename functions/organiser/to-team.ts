import type { EventDefinition } from '../../shared/domain/event.ts';
import type { MessageKind } from '../../shared/domain/message.ts';
import { isDeputy } from '../../shared/domain/organiser-role.ts';
import type { RoleInvitation } from '../../shared/domain/role-invitation.ts';
import { isTold, opensAt } from '../../shared/domain/role-rule.ts';
import { newMessage } from '../../shared/registering/new-items.ts';
import { putMessage } from '../../shared/registering/writes.ts';
import type { Member } from '../../shared/store/role-item.ts';
import type { TransactItem } from '../../shared/store/transact.ts';
import type { Deps } from './deps.ts';

/** Seconds for which a mail waits for its turn at most, with what it is about. */
const KEEP = 7 * 24 * 60 * 60;
/** What a transaction of 100 items leaves for mails. */
const MOST_TOLD = 85;

export type Mailing = Pick<Deps, 'system' | 'outbox'>;

/** Everyone in the role is told of a grant, but for whoever has it now. */
export const tellOfGrant = (
  deps: Mailing,
  event: EventDefinition<string>,
  after: Member,
  { grants }: RoleInvitation,
  team: readonly Member[],
): readonly TransactItem[] => {
  const told = team.filter((each) => each.id !== after.id && isTold(each, grants));
  return mails(deps, event, 'role-granted', after.id, readers(event, told));
};

/**
 * That two organisers opened what concerns children: to all organisers; where all vettings are over, to the contact and the
 * deputies too.
 */
export function tellOfOpening(
  deps: Mailing,
  event: EventDefinition<string>,
  invitation: RoleInvitation,
  team: readonly Member[],
): readonly TransactItem[] {
  if (opensAt(invitation) === undefined) return [];
  const organisers = team.filter(({ grants }) => grants.some(({ role }) => role === 'organiser'));
  const isLapsed = invitation.accepted?.children?.way === 'lapsed';
  const deputies = isLapsed ? team.filter(({ grants }) => isDeputy(grants)) : [];
  const contact = isLapsed && event.safeguarding ? [{ email: event.safeguarding.email }] : [];
  return mails(deps, event, 'role-opened', invitation.id, [
    ...readers(event, [...organisers, ...deputies]),
    ...contact,
  ]);
}

type Reader = Pick<Member, 'language'> & { readonly email: string };

/** For one whose address nobody knows stands who the event names: the secretariat, or its contact for children. */
export const readers = ({ secretariat, safeguarding }: EventDefinition<string>, members: readonly Member[]): Reader[] =>
  members.map(({ email, language, grants }) => {
    const isOrganiser = grants.some(({ role }) => role === 'organiser');
    return { email: email ?? (isOrganiser ? secretariat : (safeguarding ?? secretariat)).email, language };
  });

export function mails(
  { system, outbox }: Mailing,
  { id: eventId, languages: [first = 'en'] }: EventDefinition<string>,
  kind: MessageKind,
  reference: string,
  to: readonly Reader[],
): readonly TransactItem[] {
  const until = Math.floor(system.now().getTime() / 1000) + KEEP;
  const byAddress = new Map(to.map((reader) => [reader.email, reader]));
  return [...byAddress.values()]
    .slice(0, MOST_TOLD)
    .map(({ email, language = first }) =>
      putMessage(outbox, newMessage(system, kind, { eventId, reference, email, language }), until),
    );
}
