import { retentionEnd } from '../../event/event-times.ts';
import type { LocalisedEvent } from '../../event/localised-event.store.ts';
import { ProblemError } from '../../kernel/errors.ts';
import type { Needs } from '../../kernel/parts.store.ts';
import { resumeMail, stopMail } from './opt-out.case.ts';
import {
  isProvenUnsubscribe,
  mailOfDelegation,
  mailOfRegistration,
  parseUnsubscribeToken,
  type UnsubscribeClaim,
} from './unsubscribe-link.store.ts';

type Deps = Needs<'changes' | 'coordinatorMail' | 'delegations' | 'events' | 'registrations' | 'secrets' | 'system'>;

/** Mail to someone, as far as they can do without it. */
export interface MailOfSomeone extends LocalisedEvent {
  readonly isStopped: boolean;
  readonly set: (isStopped: boolean) => Promise<unknown>;
}

/** @throws ProblemError `link-not-valid`, the same for a broken, forged, expired or forgotten link */
export async function mailOfLink(deps: Deps, token: string, language: string): Promise<MailOfSomeone> {
  const claim = parseUnsubscribeToken(token);
  const mail = claim && (await (claim.of === 'registration' ? ofRegistration : ofDelegation)(deps, claim, language));
  // A link lives as long as what it leads to; the table may take two days more to forget.
  if (mail === undefined || deps.system.now().getTime() >= retentionEnd(mail.event) * 1000) {
    throw new ProblemError('link-not-valid');
  }
  return mail;
}

type Find = (deps: Deps, claim: UnsubscribeClaim, language: string) => Promise<MailOfSomeone | undefined>;

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
