import { findPage, linkSentPage } from '../../../web/site/registration/find-page.ts';
import { retentionEnd } from '../../event/event-times.ts';
import { readLocalised } from '../../event/page/localised.case.ts';
import type { SITE_ROUTES } from '../../event/site.routes.ts';
import { InvalidInputError, ProblemError } from '../../kernel/errors.ts';
import { askWhichAddress, chosenAddresses, orFormAgain } from '../../kernel/http/form-again.case.ts';
import type { Handle } from '../../kernel/http/handler.case.ts';
import { cachedBriefly, json, page, seeOther } from '../../kernel/http/reply.ts';
import { siteWords } from '../../kernel/i18n/site.store.ts';
import type { Needs } from '../../kernel/parts.store.ts';
import { parseEmailAddress } from '../../kernel/text/email-address.ts';
import { newMessage } from '../../mail/outbox/new-items.store.ts';
import { refusePass, requirePass } from '../apply/require-pass.case.ts';
import { ANSWER_AFTER } from '../apply/submit.case.ts';
import { hashAddress } from '../hashes.store.ts';
import type { REGISTRATION_ROUTES } from '../registration.routes.ts';
import { isLinkDue } from './manage-link.store.ts';

/** Where the link of a registration is asked for; the same page once it was. */
export const showFind =
  (deps: Needs<'events' | 'sender'>): Handle<typeof SITE_ROUTES.showFind> =>
  async ({ params, query, language, path }) => {
    const of = { ...(await readLocalised(deps, params.eventId, language)), path };
    const sent = query.sent !== undefined;
    return cachedBriefly(
      page(
        sent ? linkSentPage({ ...of, to: 'find', sender: deps.sender }) : findPage({ ...of, values: {}, problems: [] }),
      ),
    );
  };

type RecoverLinkDeps = Needs<'events' | 'secrets' | 'sender' | 'submissions' | 'system'>;

export const recoverLink =
  (deps: RecoverLinkDeps): Handle<typeof REGISTRATION_ROUTES.recoverLink> =>
  async ({ params: { eventId }, body: { email, proof }, language }) => {
    await recover(deps, { eventId, language, email, proof });
    const t = siteWords(language);
    return json(202, { status: 'accepted', email, sender: deps.sender, nextStep: t('find.sent.text') });
  };

/** The form of "find my registration": on to what happens next, or the form again. */
export const postFind =
  (deps: RecoverLinkDeps): Handle<typeof REGISTRATION_ROUTES.postFind> =>
  async ({ params: { eventId }, body, language, path }) => {
    const { proof, byMail, ...sent } = body;
    const { fields, values, inDoubt } = chosenAddresses(sent, ['email']);
    const email = fields['email']?.[0] ?? '';
    const send = async () => {
      // Nothing was read yet: it is asked alike of addresses that are known and of others (AU5).
      askWhichAddress(inDoubt);
      await recover(deps, { eventId, language, email, proof: proof?.[0], byMail: byMail !== undefined });
      return seeOther(`${path}?lang=${language}&sent=yes`);
    };
    const localised = () => deps.events.readEvent(eventId, language);
    return orFormAgain(send, values, localised, (form) => findPage({ ...form, path }));
  };

interface RecoverRequest {
  readonly eventId: string;
  readonly language: string;
  readonly email: string;
  /** A solved challenge, if one was sent. */
  readonly proof?: string | undefined;
  /** Whether it asks to go without one. */
  readonly byMail?: boolean;
}

/**
 * Mails the link of a registration to its address, if there is one; the caller learns the same either way, and as late.
 *
 * @throws ProblemError for an unknown event, InvalidInputError for what is no address, ProofNeededError while the
 *   event is under attack
 */
async function recover(deps: Needs<'secrets' | 'submissions' | 'system'>, request: RecoverRequest): Promise<void> {
  const { eventId, language, email, proof, byMail } = request;
  const startedAt = deps.system.now();
  const checked = parseEmailAddress(email);
  if ('issue' in checked) throw new InvalidInputError([{ path: 'email', ...checked.issue }]);
  const addressHash = await hashAddress(deps.secrets, eventId, email);
  const read = await deps.submissions.read({ eventId, language, addressHash, byMail });
  const { localised, guarded, mayGoByMail, standing } = read;
  if (localised === undefined) throw new ProblemError('unknown-event');
  const pass = await requirePass(deps, { eventId, guarded, proof, mayGoByMail });
  const { lock } = standing;
  if (lock !== undefined && isLinkDue(lock, startedAt)) {
    const about = { eventId, reference: lock.reference, email: checked.value, language: localised.language };
    // Refused, it is the person themselves who asked twice at once or cancelled meanwhile: nothing is left to mail.
    const outcome = await deps.submissions.noteRepeat({
      eventId,
      addressHash,
      before: lock,
      after: { ...lock, linkAt: startedAt.toISOString() },
      message: newMessage(deps.system, 'link', about),
      pass,
      expiresAt: retentionEnd(localised.event),
    });
    if (outcome === 'pass-spent') return refusePass(deps, eventId);
  } else if (pass !== undefined && !(await deps.submissions.spend(eventId, pass))) {
    // A pass that is spent is refused for any address: it must not tell which are known.
    return refusePass(deps, eventId);
  }
  await deps.system.answerNotBefore(startedAt, ANSWER_AFTER);
}
