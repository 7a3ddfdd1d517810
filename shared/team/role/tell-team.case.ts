import type { EventDefinition } from '../../event/event.ts';
import type { TransactItem } from '../../kernel/dynamo/transact.store.ts';
import type { System } from '../../kernel/system.store.ts';
import { isSameMailbox } from '../../kernel/text/email-address.ts';
import type { MailKind } from '../../mail/kinds.ts';
import { newMessage } from '../../mail/outbox/new-items.store.ts';
import { putMessage } from '../../mail/outbox/outbox-items.store.ts';
import type { Elsewhere } from '../second-factor/accounts.case.ts';
import { isOfSafeguarding, isToldOfReset, resetReference } from '../second-factor/factor-reset.ts';
import type { RoleInvitation } from './organiser-role.schema.ts';
import { holdsAny, isDeputy, isOfSecretariat } from './organiser-role.ts';
import type { Member } from './role.store.ts';
import { isTold, opensAt } from './role-rule.ts';

/** Seconds for which a mail waits for its turn at most, with what it is about. */
const KEEP = 7 * 24 * 60 * 60;
/** What a transaction of 100 items leaves for mails, whatever else a change writes. */
const MOST_TOLD = 60;

interface Mailing {
  readonly system: System;
  /** The physical name. */
  readonly outboxTable: string;
}

type Reader = Pick<Member, 'language'> & { readonly email: string };

/** For one whose address nobody knows stands who the event names: the secretariat, or its contact for children. */
const readersOf = ({ secretariat, safeguarding }: EventDefinition<string>, members: readonly Member[]): Reader[] =>
  members.map(({ email, language, grants }) => {
    return { email: email ?? (isOfSecretariat(grants) ? secretariat : (safeguarding ?? secretariat)).email, language };
  });

/** One mail to each address. @param reference what it is about */
function mailsTo(
  { system, outboxTable }: Mailing,
  { id: eventId, languages: [first = 'en'] }: EventDefinition<string>,
  kind: MailKind,
  reference: string,
  to: readonly Reader[],
  most = MOST_TOLD,
): readonly TransactItem[] {
  const until = Math.floor(system.now().getTime() / 1000) + KEEP;
  const byAddress = new Map(to.map((reader) => [reader.email, reader]));
  return [...byAddress.values()]
    .slice(0, most)
    .map(({ email, language = first }) =>
      putMessage(outboxTable, newMessage(system, kind, { eventId, reference, email, language }), until),
    );
}

/** Everyone of safeguarding is told whom, or which phone, two of the team called vetted (CS25). */
export const tellOfVetting = (
  deps: Mailing,
  event: EventDefinition<string>,
  kind: 'chaperone-vetted' | 'device-vetted',
  reference: string,
  team: readonly Member[],
): readonly TransactItem[] => {
  const told = team.filter((each) => isTold(each, [{ role: 'safeguarding' }]));
  return mailsTo(deps, event, kind, reference, readersOf(event, told));
};

/** The same, of changes of roles, invitations and second factors, which write fewer items themselves. */
const MOST_OF_TEAM = 85;

/** Everyone in the role is told of a grant, but for the member who has it now. */
export const tellOfGrant = (
  deps: Mailing,
  event: EventDefinition<string>,
  after: Member,
  { grants }: Pick<RoleInvitation, 'grants'>,
  team: readonly Member[],
): readonly TransactItem[] => {
  const told = team.filter((each) => each.id !== after.id && isTold(each, grants));
  return mailsTo(deps, event, 'role-granted', after.id, readersOf(event, told), MOST_OF_TEAM);
};

/** Mail that two organisers opened what concerns children: to all organisers, to deputies, and to whom the definition names. */
export function tellOfOpening(
  deps: Mailing,
  event: EventDefinition<string>,
  invitation: RoleInvitation,
  team: readonly Member[],
): readonly TransactItem[] {
  if (opensAt(invitation) === undefined) return [];
  const told = team.filter(({ grants }) => isDeputy(grants) || holdsAny(grants, ['manage-team']));
  const to = [...readersOf(event, told), ...contactsOf(event)];
  return mailsTo(deps, event, 'role-opened', invitation.id, to, MOST_OF_TEAM);
}

type ResetKind = 'factor-reset-proposed' | 'factor-reset-done';

/** The member whose second factor it is, and those who are told. */
interface ResetTold {
  readonly target: Pick<Member, 'id' | 'grants' | 'language' | 'email'>;
  readonly team: readonly Member[];
  /** With which the member signs in, whatever address the team knows. */
  readonly address?: string | undefined;
  readonly elsewhere: readonly Elsewhere[];
}

/**
 * Everyone whom it concerns that a second factor should be reset, or was: whose account it is, all organisers, of a member who answers for
 * children all of safeguarding, and those of other events where they do.
 */
export function tellOfReset(
  deps: Mailing,
  event: EventDefinition<string>,
  kind: ResetKind,
  told: ResetTold,
): readonly TransactItem[] {
  const here = mailsTo(deps, event, kind, told.target.id, readersHere(event, told));
  return [...here, ...tellElsewhere(deps, event, kind, told, MOST_OF_TEAM - here.length)];
}

/**
 * All of safeguarding in other events, and whom those name: these first, where there are more than one transaction takes. Nobody
 * is told whom the team tells.
 */
export function tellElsewhere(
  deps: Mailing,
  event: EventDefinition<string>,
  kind: ResetKind,
  told: ResetTold,
  most = MOST_OF_TEAM,
): readonly TransactItem[] {
  const { target, elsewhere } = told;
  const theirs = elsewhere.flatMap((there) =>
    readersOf(
      there.event,
      there.team.filter((each) => each.id !== target.id && isOfSafeguarding(each)),
    ).map((reader) => ({ ...reader, event: there.event })),
  );
  const named = elsewhere.flatMap(({ event: there }) =>
    safeguardingOf(there).map(({ email }) => ({
      email,
      language: theirs.find((each) => isSameMailbox(each.email, email))?.language,
      event: there,
    })),
  );
  const here = readersHere(event, told);
  return [...named, ...theirs]
    .filter(({ email }, at, all) => {
      const isSame = (other: { readonly email: string }) => isSameMailbox(other.email, email);
      return !here.some(isSame) && all.findIndex(isSame) === at;
    })
    .slice(0, most)
    .flatMap((reader) =>
      mailsTo(deps, reader.event, `${kind}-elsewhere`, resetReference(event.id, target.id), [reader]),
    );
}

function readersHere(event: EventDefinition<string>, { target, team, address }: ResetTold) {
  const others = team.filter((each) => each.id !== target.id && isToldOfReset(target, each));
  const theirs = [address, target.email].flatMap((email) => (email ? [{ email, language: target.language }] : []));
  return [...theirs, ...readersOf(event, others)];
}

/**
 * Those whom the definition names: the contact for children, their deputy, and the secretariat. Two accounts of one person can agree on
 * anything; those addresses are not theirs to choose.
 */
const contactsOf = (event: EventDefinition<string>): readonly { readonly email: string }[] => [
  { email: event.secretariat.email },
  ...safeguardingOf(event),
];

const safeguardingOf = ({ safeguarding }: EventDefinition<string>): readonly { readonly email: string }[] =>
  [safeguarding, safeguarding?.deputy].flatMap((each) => (each ? [{ email: each.email }] : []));
