import { youngFormPage } from '../../../web/site/minors/young-form-page.ts';
import type { EventDefinition } from '../../event/event.ts';
import { retentionEnd } from '../../event/event-times.ts';
import { BusyError, InvalidInputError, ProblemError } from '../../kernel/errors.ts';
import { askWhichAddress, chosenAddresses, orFormAgain } from '../../kernel/http/form-again.case.ts';
import type { Handle } from '../../kernel/http/handler.case.ts';
import { seeOther } from '../../kernel/http/reply.ts';
import type { Pass } from '../../kernel/keys/pass.store.ts';
import type { Needs } from '../../kernel/parts.store.ts';
import type { MailKind } from '../../mail/kinds.ts';
import { newMessage } from '../../mail/outbox/new-items.store.ts';
import { answerRepeat } from '../../registration/apply/register.case.ts';
import { requireOpenToMinors } from '../../registration/apply/require-open.ts';
import { refusePass, requirePass } from '../../registration/apply/require-pass.case.ts';
import type { Outcome } from '../../registration/apply/submission.store.ts';
import { ANSWER_AFTER } from '../../registration/apply/submit.case.ts';
import { thanksCookie } from '../../registration/apply/thanks-cookie.ts';
import { hashAddress, hashRequest } from '../../registration/hashes.store.ts';
import type { AddressLock } from '../../registration/lock.store.ts';
import type { REGISTRATION_ROUTES } from '../../registration/registration.routes.ts';
import { newRegistration } from '../../registration/registration-state.store.ts';
import { putGuardian, putPendingAnswer } from '../consent/guardian.store.ts';
import { sentGuardian } from '../consent/guardian.ts';
import {
  answerBy,
  checkYoung,
  type GuardianContact,
  type PersonToMail,
  proveBy,
  unansweredApplication,
  type YoungRequest,
} from '../young.ts';
import { paperMessages } from './guardian-asked.case.ts';

/** The short form for people under 18: on to the thanks page, or the form again with what has to change. */
export const postYoungForm =
  (
    deps: Needs<'changes' | 'events' | 'secrets' | 'submissions' | 'system' | 'tables'>,
  ): Handle<typeof REGISTRATION_ROUTES.postYoungForm> =>
  async ({ params: { eventId }, body, language, path }) => {
    const { proof, byMail, ...typed } = body;
    const { fields, values, inDoubt } = chosenAddresses(typed, ['email', 'guardian.email']);
    const field = (name: 'name' | 'email' | 'language'): string => fields[name]?.[0] ?? '';
    const guardian = sentGuardian(fields);
    const { onPaper = false } = guardian;
    const sent = { name: field('name'), email: field('email'), language: field('language'), guardian };
    const ask = async () => {
      await registerMinor(deps, {
        eventId,
        language,
        sent,
        identity: JSON.stringify(sent),
        proof: proof?.[0],
        byMail: byMail !== undefined,
        inDoubt,
      });
      return seeOther(`/e/${eventId}/thanks?lang=${language}&sent=${onPaper ? 'paper' : 'young'}`, [
        thanksCookie(eventId, sent.email),
      ]);
    };
    const localised = () => deps.events.readEvent(eventId, language);
    return orFormAgain(ask, values, localised, (form) => youngFormPage({ ...form, path }));
  };

type RegisterMinorDeps = Needs<'changes' | 'secrets' | 'submissions' | 'system' | 'tables'>;

interface Named {
  readonly event: EventDefinition<string>;
  readonly young: PersonToMail;
  readonly guardian: GuardianContact;
  readonly pass: Pass | undefined;
  readonly addressHash: string;
  readonly requestHash: string;
}

/** Each lost race means that the address was freed or taken under us. */
const MOST_DECISIONS = 4;

/**
 * Begins the registration of a minor: only names and how to reach both are stored (CS1). It takes no seat and
 * makes no ticket (CS2). The first mail goes to the minor, even if another person fills in the form, and is the same whether or not
 * the address was known; the guardian is asked once the minor pressed there, so that nobody learns from an inbox of their
 * own whether another's address is registered (AU9).
 *
 * @throws ProblemError for an event that is unknown, closed or only for adults; InvalidInputError for fields,
 *   ProofNeededError while the event is under attack
 */
export async function registerMinor(deps: RegisterMinorDeps, request: YoungRequest): Promise<void> {
  const { eventId, language, sent, identity, byMail } = request;
  const startedAt = deps.system.now();
  const addressHash = await hashAddress(deps.secrets, eventId, sent.email);
  const read = await deps.submissions.read({ eventId, language, addressHash, byMail });
  const { localised, mayGoByMail, standing } = read;
  if (localised === undefined) throw new ProblemError('unknown-event');
  const { event } = localised;
  if (event.minors === undefined) throw new ProblemError('minors-later', { eventId });
  requireOpenToMinors(event, startedAt);
  const result = checkYoung(event, sent);
  if ('issues' in result) throw new InvalidInputError(result.issues);
  askWhichAddress(request.inDoubt);
  const requestHash = await hashRequest(deps.secrets, eventId, identity);
  const isRepeat = standing.lock?.request === requestHash;
  const guarded = read.guarded && !isRepeat;
  const pass = await requirePass(deps, { eventId, guarded, proof: request.proof, mayGoByMail });
  await settle(deps, { event, ...result, pass, addressHash, requestHash }, standing.lock);
  await deps.system.answerNotBefore(startedAt, ANSWER_AFTER);
}

async function settle(deps: RegisterMinorDeps, named: Named, first: AddressLock | undefined): Promise<void> {
  let lock = first;
  for (let decision = 1; decision <= MOST_DECISIONS; decision += 1) {
    const outcome = lock
      ? await answerRepeat(deps, { ...named, application: named.young }, lock, firstMail(named))
      : await begin(deps, named);
    if (outcome === 'done') return;
    if (typeof outcome !== 'object') return refusePass(deps, named.event.id);
    lock = outcome.lock;
  }
  throw new BusyError();
}

const isOnPaper = ({ guardian }: Named): boolean => guardian.email === undefined;

const firstMail = (named: Named): MailKind => (isOnPaper(named) ? 'pending-paper' : 'pending-guardian');

async function begin(deps: RegisterMinorDeps, named: Named): Promise<Outcome> {
  const { event, young, guardian, pass, addressHash, requestHash } = named;
  const { system, tables } = deps;
  const now = system.now();
  const onPaper = isOnPaper(named);
  const by = (onPaper ? answerBy(event, now, onPaper) : proveBy(event, now)).toISOString();
  const registration = {
    ...newRegistration(system, event, unansweredApplication(young), { status: 'pending-guardian', seats: [] }),
    ageBand: 'minor' as const,
    minor: { ...(onPaper && { consentOnPaper: 'awaited' as const }), answerBy: by },
  };
  const { eventId, reference } = registration;
  const expiresAt = retentionEnd(event);
  const refused = await deps.changes.change({
    event,
    before: undefined,
    after: registration,
    by: 'holder',
    lock: { put: { reference, request: requestHash }, addressHash },
    pass,
    messages: onPaper
      ? paperMessages(system, event, registration)
      : [newMessage(system, firstMail(named), registration)],
    also: [
      putGuardian(tables.care, { ...guardian, eventId, reference, askedAt: now.toISOString() }, expiresAt),
      putPendingAnswer(tables.registry, { eventId, reference, answerBy: by, addressHash, reminders: [] }, expiresAt),
    ],
  });
  if (refused === 'done') return 'done';
  return refused.pass && !refused.lock ? 'pass-spent' : { lock: refused.lock };
}
