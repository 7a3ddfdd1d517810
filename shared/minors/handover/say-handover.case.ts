import { retentionEnd } from '../../event/event-times.ts';
import type { TransactItem } from '../../kernel/dynamo/transact.store.ts';
import { InvalidInputError, ProblemError } from '../../kernel/errors.ts';
import type { Needs } from '../../kernel/parts.store.ts';
import { changeRegistration } from '../../registration/change/change-registration.case.ts';
import type { Registration } from '../../registration/registration.schema.ts';
import type { RegistrationWithEvent } from '../../registration/registration.store.ts';
import { changed } from '../../registration/registration-state.store.ts';
import type { Guardian, Handover } from '../consent/guardian.schema.ts';
import { putGuardian } from '../consent/guardian.store.ts';
import { checkHandover, type HandoverSent, waitingHandover } from './handover.ts';

type Deps = Needs<'changes' | 'registrations' | 'system' | 'tables' | 'young'>;

type Asked = Pick<RegistrationWithEvent, 'registration' | 'event'>;

/**
 * Keeps how a minor leaves, as a guardian who has agreed says: in `Care` and nowhere else (CS24).
 *
 * @throws InvalidInputError for fields that have to change; ProblemError `not-amendable` before they have agreed
 */
export function sayHandover(deps: Deps, asked: Asked, sent: HandoverSent): Promise<Registration> {
  const handover = requireHandover(sent, deps.system.now());
  return changeGuardianItem(deps, asked, (guardian) => ({ ...guardian, handover }));
}

/** @throws InvalidInputError for fields that have to change */
export function requireHandover(sent: HandoverSent, now: Date): Handover {
  const handover = checkHandover(sent, now);
  if ('issues' in handover) throw new InvalidInputError(handover.issues);
  return handover;
}

/** Another code than the one that the guardian has told others; wrong ones are counted anew. */
export const replaceHandoverCode = (deps: Deps, asked: Asked): Promise<Registration> =>
  changeGuardianItem(deps, asked, ({ handoverCodeVersion = 1, handoverTries: _, ...guardian }) => ({
    ...guardian,
    handoverCodeVersion: handoverCodeVersion + 1,
  }));

/**
 * Changes what is kept of a guardian who has agreed. The registration is written with it, so that two changes exclude each other, and says
 * whether something waits for a second person.
 *
 * @param change may throw a problem of its own; is called anew for each attempt
 * @param also what else is written with it
 * @param put what the write itself depends on
 * @throws ProblemError `not-amendable` before they have agreed
 */
export const changeGuardianItem = (
  deps: Deps,
  { registration, event }: Asked,
  change: (guardian: Guardian, before: Registration) => Guardian | Promise<Guardian>,
  also: readonly TransactItem[] = [],
  put: typeof putGuardian = putGuardian,
): Promise<Registration> =>
  changeRegistration(deps, event, registration, 'holder', async ({ before }) => {
    // Read anew for each attempt: what another press wrote is not written over.
    const guardian = before.minor?.guardianConsents && (await deps.young.readGuardian(before));
    if (!guardian) throw new ProblemError('not-amendable');
    const next = await change(guardian, before);
    const handoverWaiting = waitingHandover(next) && (true as const);
    return {
      after: changed(before, { minor: { ...before.minor, handoverWaiting } }, deps.system.now()),
      messages: [],
      also: [put(deps.tables.care, next, retentionEnd(event), guardian), ...also],
    };
  });
