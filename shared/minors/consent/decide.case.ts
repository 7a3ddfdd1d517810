import { isDeepStrictEqual } from 'node:util';
import type { EventDefinition } from '../../event/event.ts';
import { retentionEnd } from '../../event/event-times.ts';
import type { TransactItem } from '../../kernel/dynamo/transact.store.ts';
import { BusyError, InvalidInputError, ProblemError } from '../../kernel/errors.ts';
import type { Needs } from '../../kernel/parts.store.ts';
import type { OutboxMessage } from '../../mail/outbox/message.schema.ts';
import { newMessage } from '../../mail/outbox/new-items.store.ts';
import { changeRegistration, type PlannedChange } from '../../registration/change/change-registration.case.ts';
import { provenBy } from '../../registration/proven.ts';
import type { Registration } from '../../registration/registration.schema.ts';
import type { RegistrationWithEvent } from '../../registration/registration.store.ts';
import { changed } from '../../registration/registration-state.store.ts';
import { endYoung } from '../end-young.case.ts';
import { replaceHandoverCode, sayHandover } from '../handover/say-handover.case.ts';
import { answerBy, guardianStep, isForgotten } from '../young.ts';
import type { GuardianDecision } from './guardian.routes.ts';
import type { Guardian, PendingAnswer } from './guardian.schema.ts';
import { movePendingAnswer, putGuardian } from './guardian.store.ts';
import { checkEmergencyPhone, checkGuardianConsents } from './guardian.ts';
import { takeBack } from './take-back.case.ts';

export type Decided = 'agreed' | 'refused' | 'withdrawn';

/**
 * Does what a guardian pressed. Before they have agreed, to withdraw is to refuse.
 *
 * @throws InvalidInputError for consents that cannot be taken, what is no phone number, or names that are none
 */
export async function decide(
  deps: Needs<'auditTable' | 'changes' | 'registrations' | 'secrets' | 'system' | 'tables' | 'young'>,
  asked: RegistrationWithEvent,
  { action, consents, consent = '', phone = '', handover }: GuardianDecision,
): Promise<Decided> {
  if (isForgotten(asked.registration)) return 'withdrawn';
  if (action === 'agree') {
    await agree(deps, asked, consents, phone);
    return 'agreed';
  }
  if (action === 'change-phone') {
    await changePhone(deps, asked, phone);
    return 'agreed';
  }
  if (action === 'take-back') {
    await takeBack(deps, asked, consent);
    return 'agreed';
  }
  if (action === 'say-handover') {
    await sayHandover(deps, asked, handover ?? { adults: [], never: '' });
    return 'agreed';
  }
  if (action === 'replace-code') {
    await replaceHandoverCode(deps, asked);
    return 'agreed';
  }
  const isRefusal = guardianStep(asked.registration) === 'asked';
  await endYoung(deps, asked, isRefusal ? 'guardian-refused' : 'consent-withdrawn');
  return isRefusal ? 'refused' : 'withdrawn';
}

type AgreeDeps = Needs<'changes' | 'registrations' | 'system' | 'tables' | 'young'>;

/** Each lost race means that the registration was moved on between two reads. */
const MOST_RACES = 4;

/**
 * Grants what a guardian ticked, each for itself. Agreeing twice succeeds twice; what was agreed to first stays.
 *
 * @throws InvalidInputError for a required consent that is missing, or was given to other words, or where there is no number for an
 *   emergency; ProblemError `link-not-valid` where everything was deleted meanwhile, or nothing is left of the guardian who was asked:
 *   the minor can name them again; BusyError when rivals do not let go
 */
export async function agree(
  deps: AgreeDeps,
  { registration, event }: Pick<RegistrationWithEvent, 'registration' | 'event'>,
  sent: Readonly<Record<string, string>>,
  typedPhone: string,
): Promise<Registration> {
  let read = registration;
  for (let race = 1; race <= MOST_RACES; race += 1) {
    if (read.minor?.guardianConsents !== undefined) return agreeAnew(deps, { registration: read, event }, sent);
    if (guardianStep(read) !== 'asked') return read;
    const { agreed, issues } = checkGuardianConsents(event, sent);
    const phone = checkEmergencyPhone(typedPhone);
    if ('issue' in phone) throw new InvalidInputError([...issues, { path: 'phone', ...phone.issue }]);
    if (issues.length > 0) throw new InvalidInputError(issues);
    const asked = await readAsked(deps, read);
    if (asked !== undefined) return grant(deps, event, read, asked, agreed, phone.value);
    const now = await deps.registrations.read(event.id, read.reference);
    if (now === undefined || now.revision === read.revision) throw new ProblemError('link-not-valid');
    read = now;
  }
  throw new BusyError();
}

/**
 * Takes the yes of a guardian to words that mean more than those that they agreed to before (PW2). What they said to all else stays; of a
 * consent that is not ticked, too: it does not count, and is kept as what they said.
 */
async function agreeAnew(
  deps: AgreeDeps,
  { registration, event }: Pick<RegistrationWithEvent, 'registration' | 'event'>,
  sent: Readonly<Record<string, string>>,
): Promise<Registration> {
  if (Object.keys(sent).length === 0) return registration;
  return changeRegistration(deps, event, registration, 'holder', async ({ before }) => {
    // Read anew for each attempt: what another press wrote is not written over.
    const guardian = await deps.young.readGuardian(before);
    const { guardianConsents } = before.minor ?? {};
    if (guardian === undefined || guardianConsents === undefined) return undefined;
    const { agreed, issues } = checkGuardianConsents(event, sent, guardianConsents);
    if (issues.length > 0) throw new InvalidInputError(issues);
    // Pressed twice, or of an earlier page.
    if (isDeepStrictEqual(agreed, guardianConsents)) return undefined;
    const now = deps.system.now();
    return {
      after: changed(before, { minor: { ...before.minor, guardianConsents: agreed } }, now),
      messages: receipt(deps, before, guardian, now),
      also: [
        putGuardian(
          deps.tables.care,
          { ...guardian, agreedAt: now.toISOString(), consents: agreed },
          retentionEnd(event),
        ),
      ],
    };
  });
}

function grant(
  deps: AgreeDeps,
  event: EventDefinition<string>,
  read: Registration,
  asked: Asked,
  agreed: Readonly<Record<string, string>>,
  phone: string,
): Promise<Registration> {
  const guardian = { ...asked.guardian, agreedAt: deps.system.now().toISOString(), consents: agreed, phone };
  const put = putGuardian(deps.tables.care, guardian, retentionEnd(event));
  return changeRegistration(deps, event, read, 'holder', ({ before }) =>
    guardianStep(before) === 'asked' ? afterAgreeing(deps, event, before, asked, agreed, put) : undefined,
  );
}

type AgreedDeps = Needs<'system' | 'tables' | 'young'>;

/** Milliseconds before a guardian gets the receipt: a person who agreed in their place is found out when nobody looks any more. */
const RECEIPT_AFTER = 60 * 60 * 1000;

/** What is kept of a request to a guardian. */
export interface Asked {
  readonly guardian: Guardian;
  readonly pending: PendingAnswer;
}

/** Nothing where the registration was moved on since it was read: all three are written together. */
export async function readAsked({ young }: AgreedDeps, registration: Registration): Promise<Asked | undefined> {
  const [guardian, pending] = await Promise.all([young.readGuardian(registration), young.readPending(registration)]);
  return guardian && pending && { guardian, pending };
}

/**
 * What follows once a guardian has agreed, by their link or on paper: the minor's turn, with a time of their own to answer.
 *
 * @param agreed consent id to version
 * @param put writes the guardian with what they agreed to
 */
export function afterAgreeing(
  deps: AgreedDeps,
  event: EventDefinition<string>,
  before: Registration,
  { guardian, pending }: Asked,
  agreed: Readonly<Record<string, string>>,
  put: TransactItem,
): NonNullable<PlannedChange> {
  const now = deps.system.now();
  const until = answerBy(event, now).toISOString();
  const minor = { ...before.minor, guardianConsents: agreed, answerBy: until };
  return {
    after: provenBy(changed(before, { minor }, now), 'vouched'),
    messages: [newMessage(deps.system, 'guardian-agreed', before), ...receipt(deps, before, guardian, now)],
    also: [put, ...movePendingAnswer(deps.tables, pending, { answerBy: until, reminders: [] }, retentionEnd(event))],
  };
}

function receipt(deps: AgreedDeps, before: Registration, { email, language }: Guardian, now: Date): OutboxMessage[] {
  if (email === undefined || language === undefined) return [];
  const at = new Date(now.getTime() + RECEIPT_AFTER);
  return [newMessage(deps.system, 'guardian-receipt', { ...before, email, language }, at)];
}

/**
 * Replaces the number at which a guardian who has agreed can be reached in an emergency.
 *
 * @throws InvalidInputError for what is no phone number
 */
export async function changePhone(
  deps: Needs<'changes' | 'registrations' | 'system' | 'tables' | 'young'>,
  { registration, event }: Pick<RegistrationWithEvent, 'registration' | 'event'>,
  typed: string,
): Promise<Registration> {
  const phone = checkEmergencyPhone(typed);
  if ('issue' in phone) throw new InvalidInputError([{ path: 'phone', ...phone.issue }]);
  return changeRegistration(deps, event, registration, 'holder', async ({ before }) => {
    // Read anew for each attempt: what another press wrote is not written over.
    const guardian = await deps.young.readGuardian(before);
    return guardian === undefined || before.minor?.guardianConsents === undefined
      ? undefined
      : {
          after: changed(before, {}, deps.system.now()),
          messages: [],
          also: [putGuardian(deps.tables.care, { ...guardian, phone: phone.value }, retentionEnd(event))],
        };
  });
}
