import type { EventDefinition } from '../event/event.ts';
import { retentionEnd } from '../event/event-times.ts';
import { isCanary } from '../kernel/canary.ts';
import { updateIf } from '../kernel/dynamo/transact.store.ts';
import type { Needs } from '../kernel/parts.store.ts';
import { addressIdentity } from '../kernel/text/email-address.ts';
import type { MailEvent } from '../mail/fate/mail-event.schema.ts';
import {
  afterMailEvent,
  isUnreachable,
  isWrittenTo,
  lapsesAt,
  markedBy,
  parseSesEvent,
  type SesNews,
} from '../mail/fate/mail-fate.ts';
import { readerOf } from '../mail/kinds.ts';
import type { OutboxMessage } from '../mail/outbox/message.schema.ts';
import { newJob, newMessage } from '../mail/outbox/new-items.store.ts';
import { putJob } from '../mail/outbox/outbox-items.store.ts';
import { guardianStep } from '../minors/young.ts';
import { noteDelivery } from '../seats/unproven-seat.store.ts';
import { changeRegistration, type PlannedChange } from './change/change-registration.case.ts';
import { isToCurrentGuardian } from './mailed-change.ts';
import type { Registration } from './registration.schema.ts';
import { changed } from './registration-state.store.ts';

type NoteMailEventDeps = Needs<
  'changes' | 'client' | 'delegations' | 'outboxTable' | 'readRules' | 'registrations' | 'registry' | 'system'
>;

/**
 * Marks registrations whose mail does not arrive, and clears the mark once a later one does. It is decided on each
 * registration as it stands: an address that was corrected since, or a registration that ended, is left alone. An event that
 * comes twice, or late, changes nothing.
 */
export async function noteMailEvent(deps: NoteMailEventDeps, message: OutboxMessage, event: MailEvent): Promise<void> {
  const said = parseSesEvent(event);
  if (said === undefined) return;
  // Most mail arrives, and then there is nothing to note but when a seat that is to be proven was asked for.
  const concerned = await findRecipients(deps, message);
  if (said.mail.state === 'delivered' && readerOf(message.kind) === 'holder') await noteAsked(deps, concerned, said);
  const registrations = said.mail.state === 'delivered' ? concerned.filter(isMarked) : concerned;
  const definition = registrations.length > 0 ? await deps.readRules(message.eventId) : undefined;
  if (definition === undefined) return;
  for (const registration of registrations) {
    await changeRegistration(deps, definition, registration, 'system', ({ before }) =>
      readerOf(message.kind) === 'guardian'
        ? noteGuardian(deps, before, said, message)
        : noteHolder(deps, definition, before, said),
    );
  }
}

/** The days to prove a seat count from the first mail that reached its address. */
async function noteAsked(
  deps: NoteMailEventDeps,
  concerned: readonly Registration[],
  { mail, addresses }: SesNews,
): Promise<void> {
  for (const registration of concerned.filter(({ email }) => isAmong(addresses, email))) {
    const update = noteDelivery(deps.registry, registration, mail.at);
    if (update) await updateIf(deps.client, update);
  }
}

const isAmong = (addresses: readonly string[], email: string): boolean =>
  addresses.some((each) => addressIdentity(each) === addressIdentity(email));

/** The canary waits for its mark. */
const isMarked = ({ eventId, mail, minor }: Registration): boolean =>
  isCanary(eventId) || mail !== undefined || minor?.guardianMail !== undefined;

function noteHolder(
  deps: NoteMailEventDeps,
  event: EventDefinition<string>,
  before: Registration,
  { mail: news, addresses, isSuppressed }: SesNews,
): PlannedChange {
  const isTheirs = isAmong(addresses, before.email);
  // SES does not even try any more where a mail was called unwanted or refused: that is no missing mailbox.
  const tellsNothing = isSuppressed && isUnreachable(before.mail);
  const mark = isCanary(event.id) ? news : markedBy(before, news);
  const mail = isWrittenTo(before) && isTheirs && !tellsNothing ? mark : undefined;
  if (mail === undefined) return undefined;
  const after = changed(before, { mail }, deps.system.now());
  // The end of a time that runs already stands.
  const notBefore = lapsesAt(before) ? undefined : lapsesAt(after);
  const job = notBefore && newJob(deps.system, 'lapse', event.id, { reference: after.reference, notBefore });
  return { after, messages: [], also: job ? [putJob(deps.outboxTable, job, retentionEnd(event))] : [] };
}

/**
 * The minor is told, once for each time that it is found out (CS3). The guardian's address is not read here, for it is
 * kept apart: whether the mail was to them is known from when it was made.
 */
function noteGuardian(
  deps: NoteMailEventDeps,
  before: Registration,
  { mail: news }: SesNews,
  message: OutboxMessage,
): PlannedChange {
  const { minor } = before;
  const isAwaited = guardianStep(before) === 'asked' && isToCurrentGuardian(minor?.guardianChange, message.createdAt);
  const guardianMail = isAwaited ? afterMailEvent(minor?.guardianMail, news) : undefined;
  if (guardianMail === undefined) return undefined;
  const after = changed(before, { minor: { ...minor, guardianMail } }, deps.system.now());
  const isNew = isUnreachable(guardianMail) && !isUnreachable(minor?.guardianMail);
  return { after, messages: isNew ? [newMessage(deps.system, 'guardian-unreachable', after)] : [] };
}

type FindRecipientsDeps = Needs<'delegations' | 'registrations'>;

/**
 * The registrations whose mail goes where a message went: the one that it is about; where that is the mailbox of a
 * coordinator, everyone who is reached through them. None for mail to those who run an event, and about forms.
 */
export async function findRecipients(
  deps: FindRecipientsDeps,
  message: OutboxMessage,
): Promise<readonly Registration[]> {
  const { kind, eventId, reference, delegation: ofCoordinator } = message;
  if (kind === 'delegation-link' || kind === 'delegation-registered')
    return throughCoordinator(deps, eventId, reference);
  if (ofCoordinator !== undefined) return throughCoordinator(deps, eventId, ofCoordinator);
  if (readerOf(kind) === undefined) return [];
  const registration = await deps.registrations.read(eventId, reference);
  if (registration === undefined) return [];
  const { delegation } = registration;
  if (!delegation?.throughCoordinator) return [registration];
  const others = await throughCoordinator(deps, eventId, delegation.id);
  return [registration, ...others.filter((each) => each.reference !== reference)];
}

async function throughCoordinator(
  { delegations }: FindRecipientsDeps,
  eventId: string,
  id: string,
): Promise<Registration[]> {
  const roster = await delegations.readRoster(eventId, id);
  const registrations = roster ? [...(await delegations.registrations(roster)).values()] : [];
  return registrations.filter(({ delegation }) => delegation?.throughCoordinator && delegation.id === id);
}
