import { isDeepStrictEqual } from 'node:util';
import { amendPath, inLanguage } from '../../../web/site/kernel/links.ts';
import { amendPage } from '../../../web/site/registration/amend-page.ts';
import { formValues } from '../../../web/site/registration/form-values.ts';
import { onlineInsteadPage } from '../../../web/site/registration/manage/join-links.ts';
import type { EventDefinition } from '../../event/event.ts';
import { asHeld, mayGoOnline } from '../../event/event-standing.ts';
import { eventEnd } from '../../event/event-times.ts';
import { withoutNeeds } from '../../event/questions.ts';
import { InvalidInputError, ProblemError } from '../../kernel/errors.ts';
import { orFormAgain } from '../../kernel/http/form-again.case.ts';
import { type Guarded, guarded, type Handle, linkToken } from '../../kernel/http/handler.case.ts';
import { PROBLEMS } from '../../kernel/http/problem.schema.ts';
import { json, page, seeOther } from '../../kernel/http/reply.ts';
import { siteWords } from '../../kernel/i18n/site.store.ts';
import type { Needs } from '../../kernel/parts.store.ts';
import { offeringTo } from '../../kernel/text/countries.ts';
import type { FieldIssue } from '../../kernel/text/field-problem.ts';
import { newMessage } from '../../mail/outbox/new-items.store.ts';
import { consentsInForce } from '../../minors/consent/guardian.ts';
import type { Behind } from '../../seats/admission.ts';
import { formAmendment } from '../apply/form-submission.ts';
import { requireAmendable } from '../apply/require-open.ts';
import { type Amended, checkSubmission } from '../apply/submission.ts';
import type { ATTENDEE_ROUTES } from '../attendee.routes.ts';
import { bearerToken, holderOf } from '../holder-of.case.ts';
import type { FROM_MAIL_ROUTES } from '../link/from-mail.routes.ts';
import { ownPage, signedView } from '../link/show-registration.case.ts';
import type { Application, Registration, WaitlistPlace } from '../registration.schema.ts';
import type { RegistrationWithEvent } from '../registration.store.ts';
import { changed } from '../registration-state.store.ts';
import type { Amendment } from '../self-service.schema.ts';
import { amendSeats, asksForApproval, fieldNeeding, formerStanding, seatsOnline } from './amendment.ts';
import { changeHeld, type Situation } from './change-registration.case.ts';

type AmendRegistrationDeps = Needs<'changes' | 'registrations' | 'secrets' | 'signer' | 'system'>;

export const amendRegistration = (deps: AmendRegistrationDeps): Guarded<typeof ATTENDEE_ROUTES.amendRegistration> =>
  guarded(
    (sender) => holderOf(deps, bearerToken(sender.authorization), sender.language),
    async ({ headers, body }, held) => {
      const token = bearerToken(headers.authorization);
      const registration = await amend(deps, held, (before, event) => merged(before, event, body));
      return json(200, await signedView(deps, { ...held, registration }, token));
    },
  );

/** The form with everything that is there. */
export const showAmend =
  (deps: AmendRegistrationDeps): Handle<typeof ATTENDEE_ROUTES.showAmend> =>
  async ({ params: { token }, language: wanted, path }) => {
    const { registration, event, language } = await holderOf(deps, token, wanted);
    requireAmendable(registration, event, deps.system.now());
    const t = siteWords(language);
    const form = { values: formValues(registration, event), problems: [] };
    return page(amendPage({ ...form, registration, event: amendableEvent(event, registration), language, t, path }));
  };

/** Back to the holder's page, or the form again with all that was typed and what has to change. */
export const postAmend = (deps: AmendRegistrationDeps): Guarded<typeof ATTENDEE_ROUTES.postAmend> =>
  guarded(
    (sender) => holderOf(deps, linkToken(sender), sender.language),
    async ({ params: { token }, body: fields, language, path }, held) => {
      const event = amendableEvent(held.event, held.registration);
      const change = async () => {
        await amend(deps, held, (before) => withGivenConsents(before, event, formAmendment(event, fields)));
        return seeOther(`/m/${token}?lang=${language}&done=amend`);
      };
      const localised = async () => ({ event, language: held.language });
      const { registration } = held;
      return orFormAgain(change, fields, localised, (form) => amendPage({ ...form, registration, path }));
    },
  );

/** What is left out stays as it is, as far as the event still asks for it. */
export function merged(before: Registration, event: EventDefinition<string>, sent: Amendment): Amended {
  const among = <T>(named: readonly { readonly id: string }[], values: Readonly<Record<string, T>>) =>
    Object.fromEntries(Object.entries(values).filter(([id]) => named.some((each) => each.id === id)));
  return {
    ...before,
    ...(before.badgeName === before.fullName && { badgeName: '' }),
    ...sent,
    answers: { ...among(event.questions, before.answers), ...sent.answers },
    consents: sent.consents ?? among(event.consents, before.consents),
  };
}

/** The form asks only for what may be withdrawn, or was given to other words. */
function withGivenConsents(before: Registration, event: EventDefinition<string>, sent: Amended): Amended {
  const given = event.consents.filter((consent) => consent.required && before.consents[consent.id] === consent.version);
  return {
    ...sent,
    consents: { ...sent.consents, ...Object.fromEntries(given.map(({ id, version }) => [id, version])) },
  };
}

type OnlineInsteadDeps = Needs<'changes' | 'client' | 'registrations' | 'secrets' | 'signer' | 'system' | 'tables'>;

/** Where a reminder leads an attendee who would rather take part online: what changes, and a button. For others, to their page. */
export const showOnline =
  (deps: OnlineInsteadDeps): Handle<typeof FROM_MAIL_ROUTES.showOnline> =>
  async ({ params: { token }, language: wanted, path }) => {
    const { registration, event, language } = await holderOf(deps, token, wanted);
    const managePath = `/m/${token}`;
    const isOffered = mayGoOnline(event, registration) && deps.system.now() < eventEnd(event);
    if (!isOffered) return seeOther(inLanguage(managePath, language));
    return page(onlineInsteadPage({ registration, event, language, t: siteWords(language), path, managePath }));
  };

/**
 * Changes how an attendee takes part and nothing else, by the rules of any change. Where all seats online are taken it says so on their
 * page; where the event asks something more of them, the form that asks it has it all.
 */
export const postOnline = (deps: OnlineInsteadDeps): Guarded<typeof FROM_MAIL_ROUTES.postOnline> =>
  guarded(
    (sender) => holderOf(deps, linkToken(sender), sender.language),
    async ({ params: { token } }, held) => {
      const managePath = `/m/${token}`;
      try {
        await amend(deps, held, (before, event) => {
          if (before.mode !== 'online' && !mayGoOnline(event, before)) throw new ProblemError('no-online-seat');
          return merged(before, event, { mode: 'online' });
        });
      } catch (error) {
        if (!(error instanceof ProblemError)) throw error;
        if (error instanceof InvalidInputError && !error.issues.every(({ code }) => code === 'no-seat')) {
          return seeOther(inLanguage(amendPath(managePath), held.language));
        }
        const refused = error instanceof InvalidInputError ? 'no-online-seat' : error.type;
        if (refused !== 'no-online-seat' && refused !== 'not-amendable') throw error;
        return page(await ownPage(deps, held, token, { path: managePath, refused }), PROBLEMS[refused]);
      }
      return seeOther(`${managePath}?lang=${held.language}&done=online`);
    },
  );

/**
 * Changes what a registration says, by the same rules and quotas as when it was sent, and mails how it stands now.
 * Uncontended: one transaction. What says nothing new changes nothing.
 *
 *   confirmed, waitlisted ── another person than was approved, or asks for more ──> pending-approval
 *   waitlisted ── needs no full quota any more ──> confirmed
 *   confirmed, online ── wants to come, the room is full ──> waitlisted, meanwhile online
 *
 * While approval is asked for anew the ticket does not work, but seats are kept: the answer may be yes. An attendee in the waiting list
 * leaves it, and comes back to the same place.
 *
 * @param amendedFor what it is to say, given what it says
 * @returns the registration as it stands afterwards
 * @throws ProblemError `not-amendable`; InvalidInputError for fields that have to change
 */
export async function amend(
  deps: Needs<'changes' | 'registrations' | 'system'>,
  { registration, event }: RegistrationWithEvent,
  amendedFor: (before: Registration, event: EventDefinition<string>) => Amended,
): Promise<Registration> {
  return changeHeld(deps, { registration, event }, (situation) => {
    const { before } = situation;
    const asked = amendableEvent(event, before);
    const now = deps.system.now();
    requireAmendable(before, event, now);
    const band = before.ageBand ?? 'adult';
    const held = asHeld(event, before);
    const result = checkSubmission(asked, { ...amendedFor(held, asked), ageBand: band, email: before.email }, band);
    if ('issues' in result) throw new InvalidInputError(result.issues);
    const application = {
      ...NOT_GIVEN,
      ...result.application,
      // An attendee who keeps a seat in the room of an event that moved online needs none online.
      ...(result.application.mode === held.mode && { mode: before.mode }),
      consents: consentsOf(before, event, result.application),
    };
    if (saysTheSame(before, application)) return undefined;
    const { behind, meanwhile, ...standing } = standingOf(event, situation, application, deps.system.chance());
    const since = before.waiting?.since ?? (standing.status === 'waitlisted' ? now.toISOString() : undefined);
    const isInLine = standing.status !== 'confirmed' && since !== undefined;
    const { movedUp } = before.waiting ?? {};
    const place = { since, ...(meanwhile && { meanwhile }), ...(movedUp && { movedUp }) };
    const waits = { waiting: isInLine ? { ...place, since } : undefined };
    const isRenamed = before.fullName !== application.fullName && {
      certificate: { ...before.certificate, renamedAt: now.toISOString() },
    };
    const amended = { ...application, ...standing, ...waits, ...isRenamed, definitionVersion: event.version };
    const after = changed(before, amended, now);
    const message = { ...newMessage(deps.system, 'updated', after), former: formerStanding(event, before) };
    return { after, behind, messages: [message] };
  });
}

const consentsOf = (
  { minor }: Registration,
  event: EventDefinition<string>,
  { consents }: Application,
): Application['consents'] =>
  minor?.guardianConsents === undefined ? consents : consentsInForce(event, consents, minor.guardianConsents);

/**
 * What should be arranged for an attendee is kept apart, where the function that amends cannot look. A country that they have, and that the
 * event does not offer any more, they keep.
 */
const amendableEvent = (event: EventDefinition<string>, registration: Registration): EventDefinition<string> =>
  offeringTo(withoutNeeds(event), registration);

/** Takes the place of what was given before and is not any longer. */
const NOT_GIVEN = { honorific: undefined, nativeName: undefined };

const saysTheSame = (before: Registration, application: Application): boolean =>
  Object.entries(application).every(([field, value]) => isDeepStrictEqual(before[field as keyof Application], value));

type Standing = Pick<Registration, 'status' | 'seats' | 'approved'> & {
  readonly meanwhile?: WaitlistPlace['meanwhile'];
  readonly behind: readonly Behind[];
};

function standingOf(
  event: EventDefinition<string>,
  { before, counters }: Situation,
  application: Application,
  chance: number,
): Standing {
  const { approved } = before;
  const pending = { status: 'pending-approval', seats: [], behind: [] } as const;
  if (before.status === 'pending-approval' && before.seats.length === 0) return { ...pending, approved };
  const isSuspended = before.status === 'pending-approval' || asksForApproval(event, before, application);
  if (isSuspended && before.status === 'waitlisted') return { ...pending, approved: undefined };
  const amended = amendSeats(event, before, application, counters, chance);
  if ('full' in amended || (isSuspended && amended.status === 'waitlisted')) {
    const full = 'full' in amended ? amended.full : amended.seats.filter(({ state }) => state === 'waiting');
    throw new InvalidInputError(noSeat(full.map((pool) => fieldNeeding(event, before, application, pool))));
  }
  if (isSuspended) return { ...pending, seats: amended.seats, approved: undefined };
  return { ...amended, approved };
}

const noSeat = (fields: readonly string[]): FieldIssue[] =>
  [...new Set(fields)].map((path) => ({ path, code: 'no-seat' }));

type Deps = Needs<'changes' | 'registrations' | 'system'>;

/**
 * Lets an attendee who waits for the room attend online until there is a seat; their place in the line stays theirs.
 *
 * @throws ProblemError `no-online-seat` when online is full too, or is what they wait for
 */
export async function attendOnlineWhileWaitlisted(
  deps: Deps,
  { registration, event }: RegistrationWithEvent,
): Promise<Registration> {
  return changeHeld(deps, { registration, event }, ({ before, counters }) => {
    const { waiting } = before;
    if (waiting?.meanwhile !== undefined) return undefined;
    const offersOnline = event.modes.some(({ id }) => id === 'online');
    if (before.status !== 'waitlisted' || waiting === undefined || before.mode !== 'in-person' || !offersOnline) {
      throw new ProblemError('no-online-seat');
    }
    const online = seatsOnline(event, before, before.seats, counters, deps.system.chance());
    if ('full' in online) throw new ProblemError('no-online-seat');
    const seats = [...waitedFor(before), ...online.seats];
    const after = changed(before, { waiting: { ...waiting, meanwhile: 'online' }, seats }, deps.system.now());
    return { after, messages: [newMessage(deps.system, 'updated', after)] };
  });
}

/** Only waits, as before. */
export async function stopOnlineWhileWaitlisted(
  deps: Deps,
  { registration, event }: RegistrationWithEvent,
): Promise<Registration> {
  return changeHeld(deps, { registration, event }, ({ before }) => {
    if (before.status !== 'waitlisted' || before.waiting?.meanwhile === undefined) return undefined;
    const { meanwhile: _, ...waiting } = before.waiting;
    const changes = { waiting, seats: waitedFor(before) };
    return { after: changed(before, changes, deps.system.now()), messages: [] };
  });
}

const waitedFor = ({ seats }: Registration) => seats.filter(({ state }) => state === 'waiting');
