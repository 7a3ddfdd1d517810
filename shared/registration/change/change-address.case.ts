import { inLanguage } from '../../../web/site/kernel/links.ts';
import { addressLinkPage, changeAddressPage } from '../../../web/site/registration/address-page.ts';
import { isLive } from '../../event/attendee.ts';
import type { EventDefinition } from '../../event/event.ts';
import { isCalledOff } from '../../event/event-standing.ts';
import { InvalidInputError, ProblemError } from '../../kernel/errors.ts';
import { askWhichAddress, chosenAddresses, orFormAgain } from '../../kernel/http/form-again.case.ts';
import { type Guarded, guarded, type Handle, linkToken } from '../../kernel/http/handler.case.ts';
import { PROBLEMS } from '../../kernel/http/problem.schema.ts';
import { page, seeOther } from '../../kernel/http/reply.ts';
import { siteWords } from '../../kernel/i18n/site.store.ts';
import type { Needs } from '../../kernel/parts.store.ts';
import { addressIdentity, parseEmailAddress } from '../../kernel/text/email-address.ts';
import type { FieldIssue } from '../../kernel/text/field-problem.ts';
import type { MailKind } from '../../mail/kinds.ts';
import { newId, newMessage } from '../../mail/outbox/new-items.store.ts';
import { requireNotCalledOff } from '../apply/require-open.ts';
import { ANSWER_AFTER } from '../apply/submit.case.ts';
import type { ATTENDEE_ROUTES } from '../attendee.routes.ts';
import { hashAddress, hashHolder, hashRequest } from '../hashes.store.ts';
import { holderOf, isExpired } from '../holder-of.case.ts';
import type { FROM_MAIL_ROUTES } from '../link/from-mail.routes.ts';
import { type ManageClaim, manageToken, parseManageToken } from '../link/manage-link.store.ts';
import { isNoticeDue, rewriteLock } from '../lock.store.ts';
import {
  addressUndoEnd,
  isCodeDue,
  isCodeOpen,
  mayChangeAddress,
  mayUndoAddress,
  pressUntil,
  waitsForPress,
} from '../mailed-change.ts';
import { provenAnew } from '../proven.ts';
import type { Registration } from '../registration.schema.ts';
import type { RegistrationWithEvent } from '../registration.store.ts';
import { changed, newTicketId } from '../registration-state.store.ts';
import {
  type AddressChange,
  type AddressLink,
  isAddressCode,
  linkOf,
  putAddressChange,
  withoutAsking,
} from './address-change.store.ts';
import { changeHeld, changeRegistration, type PlannedChange } from './change-registration.case.ts';
import { TOLD_IN_PLACE } from './substitution.ts';

type Deps = Needs<'changes' | 'locks' | 'readAddressChange' | 'registrations' | 'secrets' | 'system' | 'tables'>;

/** Where an attendee says that they are reached at another address: a code first, then which. */
export const showAddress =
  (deps: Deps): Handle<typeof ATTENDEE_ROUTES.showAddress> =>
  async ({ params: { token }, language: wanted, path }) => {
    const held = await holderOf(deps, token, wanted);
    requireChangeable(held.registration, held.event, deps.system.now());
    const { event, language } = held;
    const t = siteWords(language);
    const standing = await standingOf(deps, held.registration);
    return page(changeAddressPage({ ...standing, event, language, t, path, values: {}, problems: [] }));
  };

/** The buttons of that page, each of which leads back to it; or the form again with what has to change, or to ask which address is meant. */
export const postAddress = (deps: Deps): Guarded<typeof ATTENDEE_ROUTES.postAddress> =>
  guarded(
    (sender) => holderOf(deps, linkToken(sender), sender.language),
    async ({ body, path }, held) => {
      const { registration, event, language } = held;
      const { action, ...sent } = body;
      const { fields, values, inDoubt } = chosenAddresses(sent, ['email']);
      const { code: [code = ''] = [], email: [email = ''] = [] } = fields;
      const answer = async () => {
        requireChangeable(registration, event, deps.system.now());
        if (action[0] === 'code') await mailCode(deps, held);
        else {
          if (inDoubt.length > 0) {
            await judge(deps, registration, await deps.readAddressChange(registration), { code, email });
            askWhichAddress(inDoubt);
          }
          await ask(deps, held, { code, email });
        }
        return seeOther(inLanguage(path, language));
      };
      return orFormAgain(
        answer,
        values,
        async () => ({ event, language }),
        async (form) => changeAddressPage({ ...(await standingOf(deps, registration)), ...form, hasCode: true, path }),
      );
    },
  );

/** How far a change of address has come, as its page tells. */
async function standingOf(deps: Deps, registration: Registration) {
  const now = deps.system.now();
  const change = await deps.readAddressChange(registration);
  const { asked, changed: last } = change ?? {};
  return {
    registration,
    hasCode: isCodeOpen(change, now),
    asked: waitsForPress(asked, now) ? { email: asked.email, until: pressUntil(asked).toISOString() } : undefined,
    changed: mayUndoAddress(last, now) ? { at: last.at, until: addressUndoEnd(last).toISOString() } : undefined,
  };
}

/** @throws ProblemError `not-amendable` for whom `mayChangeAddress` is not; where the event was cancelled, that */
function requireChangeable(registration: Registration, event: EventDefinition<string>, now: Date): void {
  // News of the new dates of one that was postponed is still to come.
  if (event.status !== 'postponed') requireNotCalledOff(event);
  if (!mayChangeAddress(registration, event, now)) throw new ProblemError('not-amendable');
}

/**
 * Mails a code to the address as it stands: a person who only knows the link does not get it (AU4). Nothing happens where one was mailed just
 * now, nor while the last change can be undone: a thief would change twice, to be rid of the owner.
 */
const mailCode = (deps: Deps, held: RegistrationWithEvent): Promise<Registration> =>
  changeHeld(deps, held, async ({ before }) => {
    const now = deps.system.now();
    requireChangeable(before, held.event, now);
    const change = await deps.readAddressChange(before);
    if (!isCodeDue(change, now) || mayUndoAddress(change?.changed, now)) return undefined;
    const { eventId, reference } = before;
    const asked = waitsForPress(change?.asked, now) ? change?.asked : undefined;
    const next = { eventId, reference, codeAt: now.toISOString(), ...(asked && { asked }), undone: change?.undone };
    const after = changed(before, {}, now);
    const addressChange = putAddressChange(deps.tables.registry, change, next);
    return { after, addressChange, messages: [newMessage(deps.system, 'address-code', after)] };
  });

interface Sent {
  /** As it was typed. */
  readonly code: string;
  readonly email: string;
}

/**
 * Writes to the new address, which changes nothing before a press there. One that holds a registration gets mail that says so: the caller
 * learns the same either way, and as late (AU5). Sending the same twice is once.
 *
 * @throws InvalidInputError for fields that have to change
 */
async function ask(deps: Deps, held: RegistrationWithEvent, sent: Sent): Promise<void> {
  const startedAt = deps.system.now();
  const { event } = held;
  const request = await hashRequest(deps.secrets, event.id, `address|${JSON.stringify(sent)}`);
  await changeHeld(deps, held, async ({ before }) => {
    const now = deps.system.now();
    requireChangeable(before, event, now);
    const change = await deps.readAddressChange(before);
    if (change?.request === request || mayUndoAddress(change?.changed, now)) return undefined;
    const { email, codeAt } = await judge(deps, before, change, sent);
    const { eventId, reference } = before;
    const asked = { email, at: now.toISOString(), link: newId(deps.system) };
    const next = { eventId, reference, codeAt, request, asked, undone: change?.undone };
    return {
      after: changed(before, {}, now),
      addressChange: putAddressChange(deps.tables.registry, change, next),
      ...(await toMailbox(deps, before, email)),
    };
  });
  await deps.system.answerNotBefore(startedAt, ANSWER_AFTER);
}

/** What the reader of an address is mailed that somebody says is theirs: to confirm it, or that it holds a registration. */
async function toMailbox(
  { locks, secrets, system, tables }: Deps,
  { eventId, reference, language }: Registration,
  email: string,
): Promise<Pick<NonNullable<PlannedChange>, 'messages' | 'also'>> {
  const addressHash = await hashAddress(secrets, eventId, email);
  const lock = await locks.read(eventId, addressHash);
  const about = { eventId, email, language };
  if (lock === undefined) return { messages: [newMessage(system, 'address-confirm', { ...about, reference })] };
  const now = system.now();
  if (!isNoticeDue(lock, now)) return { messages: [] };
  const noted = { ...lock, noticeAt: now.toISOString() };
  return {
    messages: [newMessage(system, 'already-registered', { ...about, reference: lock.reference })],
    also: [rewriteLock(tables.registry, eventId, addressHash, lock, noted)],
  };
}

/**
 * @returns the address as mail is sent to it, with when the code was mailed
 * @throws InvalidInputError for fields that have to change; which address it is now, only with the right code
 */
async function judge(
  { secrets, system }: Deps,
  registration: Registration,
  change: AddressChange | undefined,
  { code, email }: Sent,
): Promise<{ readonly email: string; readonly codeAt: string }> {
  const isOpen = isCodeOpen(change, system.now());
  const isRight = isOpen && (await isAddressCode(code, registration, change, secrets));
  const wrongCode: FieldIssue = { path: 'code', code: code.trim() === '' ? 'required' : 'code-not-valid' };
  const checked = parseEmailAddress(email);
  if (!isRight || 'issue' in checked) {
    const wrongAddress: readonly FieldIssue[] = 'issue' in checked ? [{ path: 'email', ...checked.issue }] : [];
    throw new InvalidInputError([...(isRight ? [] : [wrongCode]), ...wrongAddress]);
  }
  if (addressIdentity(checked.value) === addressIdentity(registration.email)) {
    throw new InvalidInputError([{ path: 'email', code: 'own-address' }]);
  }
  return { email: checked.value, codeAt: change.codeAt };
}

/** What a mailed link opens, at the new address or the former one. */
interface HeldLink extends RegistrationWithEvent {
  readonly claim: ManageClaim;
  readonly link: AddressLink;
  /** ISO 8601: how long it can be pressed. */
  readonly until: string;
}

/** One question to the reader of either mailbox, and a button; opening it changes nothing: mail scanners follow links. */
export const showAddressLink =
  (deps: Deps): Handle<typeof FROM_MAIL_ROUTES.showAddressLink> =>
  async ({ params: { token }, language, path }) => {
    const held = await linkHolder(deps, token, language);
    return page(addressLinkPage({ ...held, t: siteWords(held.language), path }));
  };

/**
 * On to the registration, which is theirs; what was done before is told once more.
 *
 * @param giveWay ends another registration of the former address, also one of a minor, of which more is kept than lies here; it throws
 *   `registered-anew` where the reader of that address has said that it is theirs
 */
export const postAddressLink = (
  deps: Deps,
  giveWay: (held: RegistrationWithEvent) => Promise<void>,
): Guarded<typeof FROM_MAIL_ROUTES.postAddressLink> =>
  guarded(
    (sender) => linkHolder(deps, linkToken(sender), sender.language),
    async ({ body, path }, held) => {
      const { language } = held;
      try {
        const [action] = body.action;
        const after = await (action === 'undo' ? undo(deps, held, giveWay) : confirm(deps, held));
        if (after === undefined) return seeOther(inLanguage(path, language));
        const done = action === 'undo' ? 'address-undone' : 'address';
        return seeOther(`/m/${await manageToken(after, deps.secrets)}?lang=${language}&done=${done}`);
      } catch (error) {
        if (!(error instanceof ProblemError) || error.type !== 'registered-anew') throw error;
        const refused = addressLinkPage({ ...held, t: siteWords(language), path, isTaken: true });
        return page(refused, PROBLEMS['registered-anew']);
      }
    },
  );

/** @throws ProblemError `address-link-not-valid`, the same for a broken, forged, expired or overtaken link */
async function linkHolder(deps: Deps, token: string, language: string): Promise<HeldLink> {
  const claim = parseManageToken(token);
  if (claim === undefined) throw new ProblemError('address-link-not-valid');
  const [held, opened] = await Promise.all([
    deps.registrations.readWithEvent(claim.eventId, claim.reference, language),
    openedBy(deps, claim),
  ]);
  if (held === undefined || isExpired(held, deps.system.now())) throw new ProblemError('address-link-not-valid');
  return { ...held, claim, link: opened.link, until: opened.until.toISOString() };
}

interface Opened {
  readonly change: AddressChange;
  readonly link: AddressLink;
  readonly until: Date;
}

/** @throws ProblemError `address-link-not-valid` */
async function openedBy({ readAddressChange, secrets, system }: Deps, claim: ManageClaim): Promise<Opened> {
  const change = await readAddressChange(claim);
  const link = change && (await linkOf(claim, change, secrets));
  const until = change && link && endOf(change, link);
  if (!change || !link || !until || system.now() >= until) throw new ProblemError('address-link-not-valid');
  return { change, link, until };
}

function endOf({ asked, changed: last, undone }: AddressChange, link: AddressLink): Date | undefined {
  if (link === 'asked') return asked && pressUntil(asked);
  const settled = link === 'undone' ? undone : last;
  return settled && addressUndoEnd(settled);
}

/**
 * Changes the address to that of the reader who pressed. It is the same person, who has proven both: seat, place, status and ticket stay.
 * Every link is replaced, and the former address is told, and may undo it.
 *
 * @returns the registration; nothing where it was done before
 * @throws ProblemError `registered-anew` where the address holds another registration
 */
async function confirm(deps: Deps, { registration, event, claim }: HeldLink): Promise<Registration | undefined> {
  return unlessBefore(deps, { registration, event }, async ({ before, lock }) => {
    const { change, link } = await openedBy(deps, claim);
    if (link === 'changed') return undefined;
    if (link !== 'asked' || change.asked === undefined) throw new ProblemError('address-link-not-valid');
    const now = deps.system.now();
    requireChangeable(before, event, now);
    if (lock !== undefined) throw new ProblemError('registered-anew');
    const { asked } = change;
    const at = now.toISOString();
    const last = { at, link: asked.link, former: before.email, undo: newId(deps.system) };
    const next = { ...withoutAsking(change), changed: last, undone: undefined };
    const after = movedTo(before, asked.email, {}, now);
    return {
      after,
      lock: await lockOn(deps, before, asked.email),
      addressChange: putAddressChange(deps.tables.registry, change, next),
      messages: [
        newMessage(deps.system, told(event, after), after),
        { ...newMessage(deps.system, 'address-changed', before), undo: true },
      ],
    };
  });
}

/**
 * Gives the registration back to the former address, also one that was cancelled since. Another person may have read what went to the other
 * one: ticket and links are replaced. That address is told, and can do nothing about it.
 *
 * @returns the registration; nothing where it was done before
 * @throws ProblemError `registered-anew` where the reader of the former address has said that another registration is theirs
 */
async function undo(
  deps: Deps,
  { registration, event, language, claim }: HeldLink,
  giveWay: Parameters<typeof postAddressLink>[1],
): Promise<Registration | undefined> {
  const ticketId = newTicketId(deps.system);
  return unlessBefore(deps, { registration, event }, async ({ before, lock }) => {
    const { change, link } = await openedBy(deps, claim);
    if (link === 'undone') return undefined;
    if (link !== 'undo' || change.changed === undefined) throw new ProblemError('address-link-not-valid');
    // One that has ended holds no address.
    const other = lock && (await deps.registrations.read(event.id, lock.reference));
    if (other !== undefined) await giveWay({ registration: other, event, language });
    const { changed: last } = change;
    const now = deps.system.now();
    const next = { ...withoutAsking(change), changed: undefined, undone: { at: now.toISOString(), link: last.undo } };
    const after = movedTo(before, last.former, { ticketId }, now);
    return {
      after,
      // The same person as before; unless it is the other one who said that they look after a minor.
      isSamePerson: (before.chaperoning?.acceptedAt ?? '') < last.at,
      ...(isLive(before) && { lock: await lockOn(deps, before, last.former) }),
      addressChange: putAddressChange(deps.tables.registry, change, next),
      messages: [
        newMessage(deps.system, told(event, after), after),
        newMessage(deps.system, 'address-changed', before),
      ],
    };
  });
}

/** How things stand, with the link that holds from now on: also where nobody is told that they come, since the event was called off. */
function told(event: EventDefinition<string>, { status }: Registration): MailKind {
  if (status === 'cancelled') return 'cancelled';
  return (isCalledOff(event) ? undefined : TOLD_IN_PLACE[status]) ?? 'link';
}

const movedTo = (before: Registration, email: string, changes: Partial<Registration>, now: Date): Registration =>
  provenAnew(
    changed({ ...before, email, linkVersion: before.linkVersion + 1 }, { ...changes, mail: undefined }, now),
    'mail',
  );

async function lockOn({ secrets }: Deps, before: Registration, email: string) {
  const { eventId, reference } = before;
  return {
    put: { reference, request: await hashRequest(secrets, eventId, `address|${email}`) },
    addressHash: await hashAddress(secrets, eventId, email),
    insteadOf: await hashHolder(secrets, before),
  };
}

/** @returns nothing where there was nothing to change any more */
async function unlessBefore(
  deps: Deps,
  { registration, event }: Pick<RegistrationWithEvent, 'registration' | 'event'>,
  decide: Parameters<typeof changeRegistration>[4],
): Promise<Registration | undefined> {
  let isDone = false;
  const after = await changeRegistration(deps, event, registration, 'holder', async (situation) => {
    const decided = await decide(situation);
    isDone = decided !== undefined;
    return decided;
  });
  return isDone ? after : undefined;
}
