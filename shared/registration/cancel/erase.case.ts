import { deleteCareNeeds } from '../../care/care.store.ts';
import { deleteMemberOf } from '../../delegation/roster.store.ts';
import { isLive } from '../../event/attendee.ts';
import { retentionEnd } from '../../event/event-times.ts';
import type { TransactItem } from '../../kernel/dynamo/transact.store.ts';
import { BusyError } from '../../kernel/errors.ts';
import type { Needs } from '../../kernel/parts.store.ts';
import { newMessage } from '../../mail/outbox/new-items.store.ts';
import { deleteGuardian, deleteMessage, deletePendingAnswer } from '../../minors/consent/guardian.store.ts';
import { toFormerAddress } from '../change/address-change.store.ts';
import { changeHeld } from '../change/change-registration.case.ts';
import { hashHolder } from '../hashes.store.ts';
import type { Registration } from '../registration.schema.ts';
import type { RegistrationWithEvent } from '../registration.store.ts';
import { changed } from '../registration-state.store.ts';
import { putTombstones } from '../tombstone.store.ts';

type Deps = Needs<
  | 'auditTable'
  | 'changes'
  | 'delegations'
  | 'readAddressChange'
  | 'registrations'
  | 'secrets'
  | 'system'
  | 'tables'
  | 'young'
>;

/**
 * Erases a registration with all that is kept beside it, gives back what it held, and says so in a last mail, whose
 * address is forgotten once it is sent. Mails that still wait find nothing to tell of. What stays is a hash, so that
 * what a restored backup brings back is erased again. Twice at once is as good as once.
 */
export async function erase(deps: Deps, { registration, event }: RegistrationWithEvent): Promise<void> {
  const { eventId, reference } = registration;
  const tombstones = await putTombstones(deps, registration, retentionEnd(event));
  const decided = changeHeld(deps, { registration, event }, async ({ before }) => {
    const now = deps.system.now();
    const addressHash = await hashHolder(deps.secrets, before);
    return {
      after: changed(before, NOTHING_LEFT, now),
      forget: true,
      // Else its address is free already.
      ...(isLive(before) && { lock: { release: true, addressHash } }),
      messages: [newMessage(deps.system, 'erased', before), ...(await toFormerAddress(deps, 'erased', before))],
      also: [
        ...tombstones,
        ...keptBeside(deps, before),
        ...(await awaitedAnswer(deps, before)),
        ...(await lineOf(deps, before)),
      ],
    };
  });
  await decided.catch(async (error: unknown) => {
    const isGone = error instanceof BusyError && (await deps.registrations.read(eventId, reference)) === undefined;
    if (!isGone) throw error;
  });
}

const NOTHING_LEFT = { status: 'cancelled', seats: [], waiting: undefined } as const;

/** What a coordinator's list says of an attendee: where their place is another person's by now, it is that one's. */
async function lineOf({ delegations, tables }: Deps, registration: Registration): Promise<TransactItem[]> {
  const { eventId, reference, delegation } = registration;
  const line = delegation && (await delegations.readMember(eventId, delegation.id, delegation.member));
  return line?.reference === reference ? [deleteMemberOf(tables.registry, line, reference)] : [];
}

const keptBeside = ({ tables }: Deps, of: Registration): TransactItem[] => [
  deleteGuardian(tables.care, of),
  deleteCareNeeds(tables.care, of),
];

/** With the reminders to a guardian that still wait, and hold their address. */
async function awaitedAnswer({ tables, young }: Deps, of: Registration): Promise<TransactItem[]> {
  const answerBy = of.minor?.answerBy;
  if (answerBy === undefined) return [];
  const { reminders = [] } = (await young.readPending(of)) ?? {};
  return [
    deletePendingAnswer(tables.registry, { ...of, answerBy }),
    ...reminders.map((id) => deleteMessage(tables.outbox, id)),
  ];
}
