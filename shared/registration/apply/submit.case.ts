import { registerPage } from '../../../web/site/registration/register-page.ts';
import type { EventDefinition } from '../../event/event.ts';
import { readLocalised } from '../../event/page/localised.case.ts';
import { InvalidInputError, ProblemError } from '../../kernel/errors.ts';
import { isId } from '../../kernel/event-id.ts';
import { askWhichAddress, chosenAddresses, orFormAgain } from '../../kernel/http/form-again.case.ts';
import type { Handle } from '../../kernel/http/handler.case.ts';
import { json, seeOther } from '../../kernel/http/reply.ts';
import { siteWords } from '../../kernel/i18n/site.store.ts';
import { isMailTurn } from '../../kernel/keys/pass.store.ts';
import type { Needs } from '../../kernel/parts.store.ts';
import type { YoungRequest } from '../../minors/young.ts';
import { keepForm } from '../confirm/keep-form.case.ts';
import { hashAddress, hashCode, hashRequest } from '../hashes.store.ts';
import type { REGISTRATION_ROUTES } from '../registration.routes.ts';
import { formSubmission } from './form-submission.ts';
import { requireUsable, settleEntry } from './register.case.ts';
import { requireOpen } from './require-open.ts';
import { requirePass } from './require-pass.case.ts';
import { checkSubmission, type Submission } from './submission.ts';
import { thanksCookie } from './thanks-cookie.ts';

/**
 * Registration for programs: the same answer whether or not the address was known.
 *
 * @param registerMinor begins a registration of a minor
 */
export const submitRegistration =
  (
    deps: Needs<'changes' | 'secrets' | 'sender' | 'submissions' | 'system' | 'tables' | 'unconfirmed'>,
    registerMinor: (request: YoungRequest) => Promise<void>,
  ): Handle<typeof REGISTRATION_ROUTES.submitRegistration> =>
  async ({ params: { eventId }, headers, body, language }) => {
    const key = headers['idempotency-key'];
    const identityOf = (sent: object): string => (key === undefined ? JSON.stringify(sent) : `key:${key}`);
    const t = siteWords(language);
    const told = { status: 'accepted', email: body.email, sender: deps.sender };
    if (body.ageBand === 'minor') {
      const { proof, ...sent } = body;
      await registerMinor({ eventId, language, sent, identity: identityOf(sent), proof });
      return json(202, { ...told, nextStep: t(sent.guardian.onPaper ? 'young.thanks.paper' : 'young.thanks.young') });
    }
    const { proof, ...sent } = body;
    await submit(deps, {
      eventId,
      language,
      email: body.email,
      code: body.invitation,
      identity: identityOf(sent),
      proof,
      submissionFor: () => sent,
    });
    return json(202, { ...told, nextStep: t('thanks.nextStep') });
  };

/**
 * The HTML form: on to the thanks page, or the form again with all that was typed: with what has to change, or once to ask whether an
 * address is right that looks mistyped.
 */
export const postForm =
  (
    deps: Needs<'changes' | 'events' | 'secrets' | 'submissions' | 'system' | 'tables' | 'unconfirmed'>,
  ): Handle<typeof REGISTRATION_ROUTES.postForm> =>
  async ({ params: { eventId }, body, language, path }) => {
    // Of what a minor typed here nothing is kept, or even looked at: the short form asks for less. No header holds a path that nobody checked.
    if (body['ageBand']?.[0] === 'minor' && isId(eventId)) return seeOther(`${path}/young?lang=${language}`);
    const { proof, byMail, ...sent } = body;
    const { fields, values, inDoubt } = chosenAddresses(sent, ['email']);
    const email = fields['email']?.[0] ?? '';
    const register = async () => {
      if (inDoubt.length > 0) {
        const { event } = await readLocalised(deps, eventId, language);
        requireOpen(event, deps.system.now(), email);
        const result = checkSubmission(event, formSubmission(event, fields));
        if ('issues' in result) throw new InvalidInputError(result.issues);
        askWhichAddress(inDoubt);
      }
      const done = await submit(deps, {
        eventId,
        language,
        email,
        code: fields['invitation']?.[0],
        identity: JSON.stringify(fields),
        proof: proof?.[0],
        byMail: byMail !== undefined,
        submissionFor: (event) => formSubmission(event, fields),
      });
      const next = done === 'unconfirmed' ? '&sent=confirm' : '';
      return seeOther(`/e/${eventId}/thanks?lang=${language}${next}`, [thanksCookie(eventId, email)]);
    };
    const localised = () => deps.events.readEvent(eventId, language);
    return orFormAgain(register, values, localised, (form) => registerPage({ ...form, path }));
  };

export interface SubmitRequest {
  readonly eventId: string;
  /** The language of the page, for the words of problems; the registration's own is in the submission. */
  readonly language: string;
  readonly email: string;
  /** An invitation code, if one was sent. */
  readonly code?: string | undefined;
  /** What makes two requests the same one: the client's key, or else everything that was sent. */
  readonly identity: string;
  /** A solved challenge, if one was sent. */
  readonly proof?: string | undefined;
  /** Whether it asks to go without one, to be confirmed by a mailed link. */
  readonly byMail?: boolean;
  /** Reads what was sent in the light of the event's questions. */
  readonly submissionFor: (event: EventDefinition<string>) => Submission;
}

/** Milliseconds: longer than either way takes, so that the time of the answer does not tell which it was (AU5). */
export const ANSWER_AFTER = 200;

/**
 * Registers a person, or tells the holder of an address that is registered already; the caller learns the same
 * either way, and as late. Uncontended: one read and one transaction. Under attack, what a browser without scripts sends
 * is kept until its sender confirms it.
 *
 * @returns which of the two was done
 * @throws ProblemError for an unknown or closed event, InvalidInputError for fields that have to change,
 *   ProofNeededError while the event is under attack
 */
export async function submit(
  deps: Needs<'changes' | 'secrets' | 'submissions' | 'system' | 'tables' | 'unconfirmed'>,
  request: SubmitRequest,
): Promise<'entered' | 'unconfirmed'> {
  const { eventId, byMail } = request;
  const startedAt = deps.system.now();
  const addressHash = await hashAddress(deps.secrets, eventId, request.email);
  const codeHash = request.code ? await hashCode(deps.secrets, eventId, request.code) : undefined;
  const { localised, standing, ...read } = await deps.submissions.read({
    eventId,
    language: request.language,
    addressHash,
    codeHash,
    byMail,
  });
  if (localised === undefined) throw new ProblemError('unknown-event');
  const { event } = localised;
  requireOpen(event, startedAt, request.email);
  const result = checkSubmission(event, request.submissionFor(event));
  if ('issues' in result) throw new InvalidInputError(result.issues);

  const requestHash = await hashRequest(deps.secrets, eventId, request.identity);
  // A sender of the same again, who did not have the answer, has nothing left to prove.
  const isRepeat = standing.lock?.request === requestHash;
  const guarded = read.guarded && !isRepeat;
  const pass = await requirePass(deps, { eventId, guarded, proof: request.proof, mayGoByMail: read.mayGoByMail });
  // Before anyone looks whose address it is: a code that is refused must not tell which addresses are known (AU5).
  if (codeHash !== undefined && !isRepeat) requireUsable(standing.invitation, result.application, startedAt);
  const isByMail = pass !== undefined && isMailTurn(pass);
  if (isByMail) await keepForm(deps, { eventId, application: result.application, codeHash, requestHash }, pass);
  else {
    const entry = { event, ...result, invitationCode: codeHash !== undefined, pass, addressHash, requestHash };
    await settleEntry(deps, entry, standing);
  }
  await deps.system.answerNotBefore(startedAt, ANSWER_AFTER);
  return isByMail ? 'unconfirmed' : 'entered';
}
