import { changeGuardianPage } from '../../../web/site/minors/guardian-page.ts';
import type { EventDefinition } from '../../event/event.ts';
import { BusyError, InvalidInputError, ProblemError } from '../../kernel/errors.ts';
import { askWhichAddress, chosenAddresses, orFormAgain } from '../../kernel/http/form-again.case.ts';
import { type Guarded, guarded, type Handle, linkToken } from '../../kernel/http/handler.case.ts';
import { page, seeOther } from '../../kernel/http/reply.ts';
import { siteWords } from '../../kernel/i18n/site.store.ts';
import type { Needs } from '../../kernel/parts.store.ts';
import type { FieldIssue } from '../../kernel/text/field-problem.ts';
import { newMessage } from '../../mail/outbox/new-items.store.ts';
import { changeHeld, type PlannedChange } from '../../registration/change/change-registration.case.ts';
import { hashAddress, hashRequest } from '../../registration/hashes.store.ts';
import { holderOf } from '../../registration/holder-of.case.ts';
import { isCodeDue, isCodeOpen } from '../../registration/mailed-change.ts';
import type { Registration } from '../../registration/registration.schema.ts';
import type { RegistrationWithEvent } from '../../registration/registration.store.ts';
import { changed } from '../../registration/registration-state.store.ts';
import { guardianAsked, type Naming } from '../apply/guardian-asked.case.ts';
import type { YOUNG_ROUTES } from '../apply/young-person.routes.ts';
import { checkYoung, type GuardianContact, guardianStep, type YoungSubmission } from '../young.ts';
import type { PendingAnswer } from './guardian.schema.ts';
import { isGuardianCode } from './guardian.store.ts';
import { sentGuardian } from './guardian.ts';

type Deps = Needs<'changes' | 'registrations' | 'secrets' | 'system' | 'tables' | 'young'>;

/** Where a minor says who else is to be asked: a code first, then whom. Never who was asked so far (AU4). */
export const showGuardian =
  (deps: Deps): Handle<typeof YOUNG_ROUTES.showGuardian> =>
  async ({ params: { token }, language: wanted, path }) => {
    const { registration, event, language } = await holderOf(deps, token, wanted);
    requireUnanswered(registration);
    const hasCode = isCodeOpen(registration.minor?.guardianChange, deps.system.now());
    const t = siteWords(language);
    return page(changeGuardianPage({ event, language, t, path, hasCode, values: {}, problems: [] }));
  };

/** The buttons of that page: back to it once a code is on its way, to the holder's page once another guardian is asked. */
export const postGuardian = (deps: Deps): Guarded<typeof YOUNG_ROUTES.postGuardian> =>
  guarded(
    (sender) => holderOf(deps, linkToken(sender), sender.language),
    async ({ params: { token }, body, path }, held) => {
      const { event, language } = held;
      const { action, ...sent } = body;
      const { fields, values, inDoubt } = chosenAddresses(sent, ['guardian.email']);
      const answer = async () => {
        if (action?.[0] === 'code') {
          await mailGuardianCode(deps, held);
          return seeOther(`${path}?lang=${language}`);
        }
        await changeGuardian(deps, held, { code: fields['code']?.[0] ?? '', guardian: sentGuardian(fields) }, inDoubt);
        return seeOther(`/m/${token}?lang=${language}&done=guardian`);
      };
      const localised = async () => ({ event, language });
      return orFormAgain(answer, values, localised, (form) => changeGuardianPage({ ...form, path, hasCode: true }));
    },
  );

export interface GuardianSent {
  /** As it was typed. */
  readonly code: string;
  readonly guardian: YoungSubmission['guardian'];
}

/**
 * Mails a code to a minor who wants another guardian to be asked than at first: a person who only knows the link to their page
 * does not get it (AU4). Nothing happens where one was mailed just now.
 */
export const mailGuardianCode = (deps: Deps, held: RegistrationWithEvent): Promise<Registration> =>
  changeHeld(deps, held, ({ before }) => {
    requireUnanswered(before);
    const now = deps.system.now();
    const { minor } = before;
    if (!isCodeDue(minor?.guardianChange, now)) return undefined;
    const guardianChange = { codeAt: now.toISOString(), askedAt: minor?.guardianChange?.askedAt };
    const after = changed(before, { minor: { ...minor, guardianChange } }, now);
    return { after, messages: [newMessage(deps.system, 'guardian-code', after)] };
  });

/**
 * Asks another guardian in place of the one who was asked, or the same guardian at the right address (CS3): the link before
 * leads nowhere any more, reminders to it are not sent, and the new one has as long to answer as the first had.
 * Sending the same twice is once.
 *
 * @param inDoubt the field of a form whose address is to be asked about first
 * @throws ProblemError `not-amendable` once a guardian has agreed; InvalidInputError for fields that have to change
 */
export async function changeGuardian(
  deps: Deps,
  { registration, event }: Pick<RegistrationWithEvent, 'registration' | 'event'>,
  sent: GuardianSent,
  inDoubt: readonly string[] = [],
): Promise<void> {
  const request = await hashRequest(deps.secrets, event.id, JSON.stringify(sent));
  let read = registration;
  for (let race = 1; race <= MOST_RACES; race += 1) {
    requireUnanswered(read);
    if (read.minor?.guardianChange?.request === request) return;
    const guardian = await judge(deps, event, read, sent);
    askWhichAddress(inDoubt);
    const pending = await deps.young.readPending(read);
    const now = pending ? read : await deps.registrations.read(event.id, read.reference);
    if (now === undefined) throw new ProblemError('link-not-valid');
    if (now.linkVersion !== registration.linkVersion) throw new ProblemError('link-replaced');
    if (pending !== undefined || now.revision === read.revision) {
      const next = { guardian, pending: pending ?? (await awaitedAnew(deps, read)), request };
      return replace(deps, event, read, next);
    }
    read = now;
  }
  throw new BusyError();
}

/** Each lost race means that the registration was moved on between two reads. */
const MOST_RACES = 4;

/** Where what is awaited is missing although nothing was moved on, it begins anew. */
const awaitedAnew = async ({ secrets }: Deps, registration: Registration): Promise<PendingAnswer> => {
  const { eventId, reference, minor, email } = registration;
  const { answerBy = '' } = minor ?? {};
  return { eventId, reference, answerBy, addressHash: await hashAddress(secrets, eventId, email), reminders: [] };
};

async function replace(deps: Deps, event: EventDefinition<string>, read: Registration, next: Next): Promise<void> {
  await changeHeld(deps, { registration: read, event }, ({ before }) => {
    if (before.minor?.guardianChange?.request === next.request) return undefined;
    requireUnanswered(before);
    const isAsJudged = before.minor?.guardianChange?.codeAt === read.minor?.guardianChange?.codeAt;
    if (!isAsJudged || before.minor?.guardianChange?.request !== undefined) throw new InvalidInputError([WRONG_CODE]);
    return asked(deps, event, before, next);
  });
}

/** Before anyone has agreed, where the guardian is or will be asked by mail. @throws ProblemError `not-amendable` otherwise */
export function requireUnanswered(registration: Registration): void {
  const step = guardianStep(registration);
  if (step !== 'unproven' && step !== 'asked') throw new ProblemError('not-amendable');
}

const WRONG_CODE: FieldIssue = { path: 'code', code: 'code-not-valid' };

async function judge(
  { system, secrets }: Deps,
  event: EventDefinition<string>,
  registration: Registration,
  { code, guardian }: GuardianSent,
): Promise<GuardianContact> {
  const { fullName: name, email, language, minor } = registration;
  const change = minor?.guardianChange;
  const isOpen = isCodeOpen(change, system.now());
  const isRight = isOpen && (await isGuardianCode(code, registration, change, secrets));
  const wrongCode: FieldIssue = code.trim() === '' ? { path: 'code', code: 'required' } : WRONG_CODE;
  const checked = checkYoung(event, { name, email, language, guardian });
  const issues = [...(isRight ? [] : [wrongCode]), ...('issues' in checked ? checked.issues : [])];
  if (issues.length > 0 || 'issues' in checked) throw new InvalidInputError(issues);
  return checked.guardian;
}

interface Next extends Naming {
  readonly request: string;
}

/** The code came by mail to the minor: its holder has proven the address, as by the press in the first mail. */
function asked(
  deps: Deps,
  event: EventDefinition<string>,
  before: Registration,
  { request, ...naming }: Next,
): NonNullable<PlannedChange> {
  const askedAt = deps.system.now().toISOString();
  const { codeAt = askedAt } = before.minor?.guardianChange ?? {};
  return guardianAsked(deps, event, before, naming, { guardianChange: { codeAt, request, askedAt } });
}
