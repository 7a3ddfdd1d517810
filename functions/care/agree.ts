import { retentionEnd } from '../../shared/domain/event-times.ts';
import { checkGuardianConsents } from '../../shared/domain/guardian.ts';
import type { Registration } from '../../shared/domain/registration.ts';
import { answerBy, guardianStep } from '../../shared/domain/young.ts';
import { InvalidInputError } from '../../shared/errors.ts';
import { changeRegistration } from '../../shared/registering/change-registration.ts';
import {
  deleteMessage,
  deletePendingAnswer,
  putGuardian,
  putPendingAnswer,
} from '../../shared/registering/guardian-writes.ts';
import { changed, newMessage } from '../../shared/registering/new-items.ts';
import type { RegistrationWithEvent } from '../../shared/store/registration-store.ts';
import type { Deps } from './deps.ts';

/** Milliseconds before a guardian gets the receipt: whoever agreed in their place is found out when nobody looks any more. */
const RECEIPT_AFTER = 60 * 60 * 1000;

/**
 * Grants what a guardian ticked, each for itself. The minor's turn comes next, with a time of their own to answer.
 * Agreeing twice succeeds twice; what was agreed to first stays.
 *
 * @throws InvalidInputError for a required consent that is missing, or was given to other words
 */
export async function agree(
  deps: Deps,
  { registration, event }: RegistrationWithEvent,
  sent: Readonly<Record<string, string>>,
): Promise<Registration> {
  if (guardianStep(registration) !== 'asked') return registration;
  const { agreed, issues } = checkGuardianConsents(event, sent);
  if (issues.length > 0) throw new InvalidInputError(issues);
  const [guardian, pending] = await Promise.all([
    deps.young.readGuardian(registration),
    deps.young.readPending(registration),
  ]);
  return changeRegistration(deps, event, registration, ({ before }) => {
    if (guardianStep(before) !== 'asked') return undefined;
    if (guardian === undefined || pending === undefined) throw new Error('a request to a guardian is not whole');
    const now = deps.system.now();
    const until = answerBy(event, now).toISOString();
    const expiresAt = retentionEnd(event);
    const agreedAt = now.toISOString();
    const toGuardian = { ...before, email: guardian.email, language: guardian.language };
    const { registry, outbox, care } = deps.tables;
    return {
      after: changed(before, { guardianConsents: agreed, answerBy: until }, now),
      messages: [
        newMessage(deps.system, 'guardian-agreed', before),
        newMessage(deps.system, 'guardian-receipt', toGuardian, new Date(now.getTime() + RECEIPT_AFTER)),
      ],
      also: [
        putGuardian(care, { ...guardian, agreedAt, consents: agreed }, expiresAt),
        // Right before an event both end with its beginning, and an item stands only once in a transaction.
        ...(until === pending.answerBy ? [] : [deletePendingAnswer(registry, pending)]),
        putPendingAnswer(registry, { ...pending, answerBy: until, reminders: [] }, expiresAt),
        ...pending.reminders.map((id) => deleteMessage(outbox, id)),
      ],
    };
  });
}
