import { unsubscribePage } from '../../../web/site/registration/ended-pages.ts';
import { retentionEnd } from '../../event/event-times.ts';
import type { LocalisedEvent } from '../../event/localised-event.store.ts';
import { ProblemError } from '../../kernel/errors.ts';
import { type Guarded, guarded, type Handle, linkToken } from '../../kernel/http/handler.case.ts';
import { page, type Reply } from '../../kernel/http/reply.ts';
import { siteWords } from '../../kernel/i18n/site.store.ts';
import type { Needs } from '../../kernel/parts.store.ts';
import { addressIdentity } from '../../kernel/text/email-address.ts';
import { changeRegistration } from '../change/change-registration.case.ts';
import { provenBy } from '../proven.ts';
import type { Registration } from '../registration.schema.ts';
import type { RegistrationWithEvent } from '../registration.store.ts';
import { changed } from '../registration-state.store.ts';
import type { FROM_MAIL_ROUTES } from './from-mail.routes.ts';
import {
  isProvenUnsubscribe,
  mailOfDelegation,
  mailOfRegistration,
  parseUnsubscribeToken,
  type UnsubscribeClaim,
} from './manage-link.store.ts';

type UnsubscribeDeps = Needs<
  'changes' | 'coordinatorMail' | 'delegations' | 'events' | 'registrations' | 'secrets' | 'system'
>;

/** A page with a button; opening it changes nothing: mail scanners follow links. */
export const showUnsubscribe =
  (deps: UnsubscribeDeps): Handle<typeof FROM_MAIL_ROUTES.showUnsubscribe> =>
  async ({ params: { token }, language, path }) =>
    shown(await mailOfLink(deps, token, language), path);

/**
 * Stops mail that its reader can do without, or takes that back. A mailbox that was told to stop it posts without anyone looking at the
 * answer (RFC 8058): it is done at once, with no redirect and no further question.
 */
export const postUnsubscribe = (deps: UnsubscribeDeps): Guarded<typeof FROM_MAIL_ROUTES.postUnsubscribe> =>
  guarded(
    (sender) => mailOfLink(deps, linkToken(sender), sender.language),
    async ({ body, path }, mail) => {
      const isStopped = !('action' in body) || body.action[0] === 'stop';
      await mail.set(isStopped);
      return shown({ ...mail, isStopped }, path);
    },
  );

const shown = ({ event, language, isStopped }: MailOfSomeone, path: string): Reply =>
  page(unsubscribePage({ event, language, t: siteWords(language), path, isStopped }));

/** Mail to an attendee or coordinator, as far as they can do without it. */
interface MailOfSomeone extends LocalisedEvent {
  readonly isStopped: boolean;
  readonly set: (isStopped: boolean) => Promise<unknown>;
}

/** @throws ProblemError `link-not-valid`, the same for a broken, forged, expired or forgotten link */
async function mailOfLink(deps: UnsubscribeDeps, token: string, language: string): Promise<MailOfSomeone> {
  const claim = parseUnsubscribeToken(token);
  const mail = claim && (await (claim.of === 'registration' ? ofRegistration : ofDelegation)(deps, claim, language));
  // A link lives as long as what it leads to; the table may take two days more to forget.
  if (mail === undefined || deps.system.now().getTime() >= retentionEnd(mail.event) * 1000) {
    throw new ProblemError('link-not-valid');
  }
  return mail;
}

type Find = (deps: UnsubscribeDeps, claim: UnsubscribeClaim, language: string) => Promise<MailOfSomeone | undefined>;

const ofRegistration: Find = async (deps, claim, wanted) => {
  const held = await deps.registrations.readWithEvent(claim.eventId, claim.id, wanted);
  if (held === undefined) return undefined;
  const { registration, event, language } = held;
  if (!(await isProvenUnsubscribe(claim, mailOfRegistration(registration), deps.secrets))) return undefined;
  return {
    event,
    language,
    isStopped: registration.optedOut === true,
    set: (isStopped) => (isStopped ? stopMail : resumeMail)(deps, held),
  };
};

const ofDelegation: Find = async (deps, claim, wanted) => {
  const [delegation, localised] = await Promise.all([
    deps.delegations.read(claim.eventId, claim.id),
    deps.events.readEvent(claim.eventId, wanted),
  ]);
  if (delegation === undefined || localised === undefined) return undefined;
  if (!(await isProvenUnsubscribe(claim, mailOfDelegation(delegation), deps.secrets))) return undefined;
  return {
    ...localised,
    isStopped: delegation.optedOut === true,
    set: (isStopped) => deps.coordinatorMail.set(delegation, isStopped),
  };
};

type OptOutDeps = Needs<'changes' | 'registrations' | 'system'>;

type Held = Pick<RegistrationWithEvent, 'registration' | 'event'>;

/** No mail any more that the attendee can do without. Twice is as good as once. */
const stopMail = (deps: OptOutDeps, held: Held): Promise<Registration> => set(deps, held, true);

/** All mail again. */
export const resumeMail = (deps: OptOutDeps, held: Held): Promise<Registration> => set(deps, held, undefined);

/** @throws ProblemError `link-not-valid` where another person came in their place at the same moment: it is not their mail any more */
const set = (deps: OptOutDeps, { registration, event }: Held, optedOut: true | undefined): Promise<Registration> =>
  changeRegistration(deps, event, registration, 'holder', ({ before }) => {
    if (addressIdentity(before.email) !== addressIdentity(registration.email)) throw new ProblemError('link-not-valid');
    if (before.optedOut === optedOut) return undefined;
    // The link was mailed. A mailbox's own program presses it too (RFC 8058): that stops mail, and shows nobody.
    const after = changed(before, { optedOut }, deps.system.now());
    return { after: optedOut ? after : provenBy(after, 'mail'), messages: [] };
  });
