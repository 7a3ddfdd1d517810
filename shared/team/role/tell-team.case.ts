import type { EventDefinition } from '../../event/event.ts';
import type { TransactItem } from '../../kernel/dynamo/transact.store.ts';
import type { System } from '../../kernel/system.store.ts';
import type { MailKind } from '../../mail/kinds.ts';
import { newMessage } from '../../mail/outbox/new-items.store.ts';
import { putMessage } from '../../registration/writes.store.ts';
import type { Member } from './role-item.store.ts';
import { isTold } from './role-rule.ts';

/** Seconds for which a mail waits for its turn at most, with what it is about. */
const KEEP = 7 * 24 * 60 * 60;
/** What a transaction of 100 items leaves for mails, whatever else a change writes. */
const MOST_TOLD = 60;

export interface Mailing {
  readonly system: System;
  /** The physical name. */
  readonly outboxTable: string;
}

type Reader = Pick<Member, 'language'> & { readonly email: string };

/** For one whose address nobody knows stands who the event names: the secretariat, or its contact for children. */
export const readersOf = (
  { secretariat, safeguarding }: EventDefinition<string>,
  members: readonly Member[],
): Reader[] =>
  members.map(({ email, language, grants }) => {
    const isOrganiser = grants.some(({ role }) => role === 'organiser');
    return { email: email ?? (isOrganiser ? secretariat : (safeguarding ?? secretariat)).email, language };
  });

/** One mail to each address. @param reference what it is about */
export function mailsTo(
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
