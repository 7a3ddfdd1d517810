import { delegationStartPage } from '../../web/site/delegation/delegation-page.ts';
import { linkSentPage } from '../../web/site/registration/find-page.ts';
import { registrationWindow, retentionEnd } from '../event/event-times.ts';
import { readLocalised } from '../event/page/localised.case.ts';
import { isCanary } from '../kernel/canary.ts';
import { InvalidInputError, ProblemError } from '../kernel/errors.ts';
import { askWhichAddress, chosenAddresses, orFormAgain } from '../kernel/http/form-again.case.ts';
import type { Handle } from '../kernel/http/handler.case.ts';
import { page, seeOther } from '../kernel/http/reply.ts';
import { siteWords } from '../kernel/i18n/site.store.ts';
import type { Needs } from '../kernel/parts.store.ts';
import { parseEmailAddress } from '../kernel/text/email-address.ts';
import { newId, newMessage } from '../mail/outbox/new-items.store.ts';
import { refusePass, requirePass } from '../registration/apply/require-pass.case.ts';
import { checkLanguage } from '../registration/apply/submission.ts';
import { hashCoordinator } from '../registration/hashes.store.ts';
import { isLinkDue } from '../registration/link/manage-link.store.ts';
import type { DELEGATION_ROUTES } from './delegation.routes.ts';
import type { Delegation } from './delegation.schema.ts';

type StartPageDeps = Needs<'events' | 'rosters' | 'secrets' | 'sender' | 'submissions' | 'system'>;

export const showDelegationStart =
  (deps: StartPageDeps): Handle<typeof DELEGATION_ROUTES.showDelegationStart> =>
  async ({ params: { eventId }, query: { sent }, language: wanted, path }) => {
    const localised = await deps.events.readEvent(eventId, wanted);
    if (localised === undefined) throw new ProblemError('unknown-event');
    const { event, language } = localised;
    const common = { event, language, t: siteWords(language), path };
    const window = registrationWindow(event, deps.system.now());
    const to = window === 'open' ? 'delegation' : 'find';
    if (sent !== undefined) return page(linkSentPage({ ...common, to, sender: deps.sender }));
    return page(delegationStartPage({ ...common, window, values: { language: [language] }, problems: [] }));
  };

/** On to what happens next, or the form again: with what has to change, or once to ask whether an address is right that looks mistyped. */
export const postDelegationStart =
  (deps: StartPageDeps): Handle<typeof DELEGATION_ROUTES.postDelegationStart> =>
  async ({ params: { eventId }, body, language, path }) => {
    const { proof, byMail, ...sent } = body;
    const { fields, values, inDoubt } = chosenAddresses(sent, ['email']);
    const [email = ''] = fields['email'] ?? [];
    const [mailLanguage] = body.language;
    const send = async () => {
      if (inDoubt.length > 0) {
        const { event } = await readLocalised(deps, eventId, language);
        if (!('issue' in checkLanguage(event, mailLanguage))) askWhichAddress(inDoubt);
      }
      await start(deps, { eventId, language, email, mailLanguage, proof: proof?.[0], byMail: byMail !== undefined });
      return seeOther(`${path}?lang=${language}&sent=yes`);
    };
    const localised = () => deps.events.readEvent(eventId, language);
    return orFormAgain(send, values, localised, (form) => delegationStartPage({ ...form, path }));
  };

type StartDeps = Needs<'rosters' | 'secrets' | 'submissions' | 'system'>;

interface StartRequest {
  readonly eventId: string;
  /** Of the page. */
  readonly language: string;
  readonly email: string;
  /** Of the mail. */
  readonly mailLanguage: string;
  /** A solved challenge, if one was sent. */
  readonly proof?: string | undefined;
  /** Whether it asks to go without one. */
  readonly byMail: boolean;
}

/** Milliseconds: longer than any way takes, so that the time of the answer tells nothing (AU5). */
const ANSWER_AFTER = 200;

/**
 * Mails a coordinator the link of their delegation, which is made when it is first asked for: at most every 30
 * minutes. Once registration is closed none is made, but whoever lost theirs gets it. The address is unproven: nothing else
 * is kept with it, and the answer is the same for everyone. A coordinator without scripts goes by mail while the event is
 * under attack: nothing happens before the link is opened, anyway.
 *
 * @throws ProblemError for an event that is unknown, InvalidInputError for fields, ProofNeededError while
 *   the event is under attack
 */
async function start(deps: StartDeps, request: StartRequest): Promise<void> {
  const { eventId, language, mailLanguage, proof, byMail } = request;
  const startedAt = deps.system.now();
  const checked = parseEmailAddress(request.email);
  if ('issue' in checked) throw new InvalidInputError([{ path: 'email', ...checked.issue }]);
  const email = checked.value;
  const id = await hashCoordinator(deps.secrets, eventId, email);
  const read = await deps.submissions.read({ eventId, language, addressHash: id, byMail });
  const { localised, guarded, mayGoByMail } = read;
  if (localised === undefined) throw new ProblemError('unknown-event');
  const { event } = localised;
  const spoken = checkLanguage(event, mailLanguage);
  if ('issue' in spoken) throw new InvalidInputError([{ path: 'language', ...spoken.issue }]);
  const pass = await requirePass(deps, { eventId, guarded, proof, mayGoByMail });
  const before = await deps.rosters.read(eventId, id);
  if (before ? isLinkDue(before, startedAt) : !isCanary(eventId) && registrationWindow(event, startedAt) === 'open') {
    const after = { ...(before ?? newDelegation(deps, { eventId, id, email }, startedAt)), language: spoken.value };
    const outcome = await deps.rosters.write({
      before,
      after: { ...after, linkAt: startedAt.toISOString() },
      messages: [
        newMessage(deps.system, 'delegation-link', { eventId, reference: id, email, language: after.language }),
      ],
      pass,
      expiresAt: retentionEnd(event),
    });
    // Changed meanwhile, it was the coordinator themselves who asked twice at once: the link is on its way.
    if (outcome === 'pass-spent') return refusePass(deps, eventId);
  } else if (pass !== undefined && !(await deps.submissions.spend(eventId, pass))) {
    return refusePass(deps, eventId);
  }
  await deps.system.answerNotBefore(startedAt, ANSWER_AFTER);
}

const newDelegation = (
  { system }: StartDeps,
  identity: Pick<Delegation, 'eventId' | 'id' | 'email'>,
  now: Date,
): Omit<Delegation, 'linkAt' | 'language'> => ({
  ...identity,
  link: newId(system),
  linkVersion: 1,
  revision: 1,
  createdAt: now.toISOString(),
});
