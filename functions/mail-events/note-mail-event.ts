import type { MailEvent } from '../../shared/contract/mail-event.ts';
import { addressIdentity } from '../../shared/domain/email-address.ts';
import type { EventDefinition } from '../../shared/domain/event.ts';
import { retentionEnd } from '../../shared/domain/event-times.ts';
import { isToCurrentGuardian } from '../../shared/domain/guardian-change.ts';
import { afterMailEvent, isUnreachable, lapsesAt, type MailState } from '../../shared/domain/mail-state.ts';
import { type OutboxMessage, readerOf } from '../../shared/domain/message.ts';
import type { Registration, RegistrationStatus } from '../../shared/domain/registration.ts';
import { guardianStep } from '../../shared/domain/young.ts';
import { changeRegistration, type Decision } from '../../shared/registering/change-registration.ts';
import { changed, newJob, newMessage } from '../../shared/registering/new-items.ts';
import { putJob } from '../../shared/registering/writes.ts';
import type { Deps } from './deps.ts';
import { whatItSays } from './what-it-says.ts';

/**
 * Marks a registration whose mail does not arrive, and clears the mark once a later one does. It is decided on the
 * registration as it stands: an address that was corrected since, or a registration that ended, is left alone. An event that
 * comes twice, or late, changes nothing.
 */
export async function noteMailEvent(deps: Deps, event: MailEvent): Promise<void> {
  const said = whatItSays(event);
  const message = said && (await deps.readMessage(said.messageId));
  const reader = message && readerOf(message.kind);
  if (said === undefined || message === undefined || reader === undefined) return;
  const { eventId, reference } = message;
  const [registration, definition] = await Promise.all([
    deps.registrations.read(eventId, reference),
    deps.readRules(eventId),
  ]);
  if (registration === undefined || definition === undefined) return;
  await changeRegistration(deps, definition, registration, ({ before }) =>
    reader === 'guardian'
      ? noteGuardian(deps, before, said.mail, message)
      : noteHolder(deps, definition, before, said.mail, said.addresses),
  );
}

const LIVE: readonly RegistrationStatus[] = ['pending-guardian', 'pending-approval', 'confirmed', 'waitlisted'];

function noteHolder(
  deps: Deps,
  event: EventDefinition<string>,
  before: Registration,
  news: MailState,
  addresses: readonly string[],
): Decision {
  const isTheirs = addresses.some((each) => addressIdentity(each) === addressIdentity(before.email));
  const mail = LIVE.includes(before.status) && isTheirs ? afterMailEvent(before.mail, news) : undefined;
  if (mail === undefined) return undefined;
  const after = changed(before, { mail }, deps.system.now());
  const notBefore = lapsesAt(after);
  const job = notBefore && newJob(deps.system, 'lapse', event.id, { reference: after.reference, notBefore });
  return { after, messages: [], also: job ? [putJob(deps.outbox, job, retentionEnd(event))] : [] };
}

/**
 * The minor is told, once for each time that it is found out (CS3). The guardian's address is not read here, for it is
 * kept apart: whether the mail was to them is known from when it was made.
 */
function noteGuardian(deps: Deps, before: Registration, news: MailState, message: OutboxMessage): Decision {
  const isAwaited = guardianStep(before) === 'asked' && isToCurrentGuardian(before.guardianChange, message.createdAt);
  const guardianMail = isAwaited ? afterMailEvent(before.guardianMail, news) : undefined;
  if (guardianMail === undefined) return undefined;
  const after = changed(before, { guardianMail }, deps.system.now());
  const isNew = isUnreachable(guardianMail) && !isUnreachable(before.guardianMail);
  return { after, messages: isNew ? [newMessage(deps.system, 'guardian-unreachable', after)] : [] };
}
