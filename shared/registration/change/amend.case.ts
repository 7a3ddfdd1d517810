import { amendPath, inLanguage } from '../../../web/site/kernel/links.ts';
import { amendPage } from '../../../web/site/registration/amend-page.ts';
import { formValues } from '../../../web/site/registration/form-values.ts';
import { onlineInsteadPage } from '../../../web/site/registration/manage/join-links.ts';
import type { EventDefinition } from '../../event/event.ts';
import { mayGoOnline } from '../../event/event-standing.ts';
import { isEventOver } from '../../event/event-times.ts';
import { InvalidInputError, ProblemError } from '../../kernel/errors.ts';
import { orFormAgain } from '../../kernel/http/form-again.case.ts';
import { type Guarded, guarded, type Handle, linkToken } from '../../kernel/http/handler.case.ts';
import { PROBLEMS } from '../../kernel/http/problem.schema.ts';
import { json, page, seeOther } from '../../kernel/http/reply.ts';
import { siteWords } from '../../kernel/i18n/site.store.ts';
import type { Needs } from '../../kernel/parts.store.ts';
import { newMessage } from '../../mail/outbox/new-items.store.ts';
import { formAmendment } from '../apply/form-submission.ts';
import { requireAmendable } from '../apply/require-open.ts';
import type { Amended } from '../apply/submission.ts';
import type { ATTENDEE_ROUTES } from '../attendee.routes.ts';
import { bearerToken, holderOf } from '../holder-of.case.ts';
import type { FROM_MAIL_ROUTES } from '../link/from-mail.routes.ts';
import { ownPage, signedView } from '../link/show-registration.case.ts';
import type { Registration } from '../registration.schema.ts';
import type { RegistrationWithEvent } from '../registration.store.ts';
import { changed } from '../registration-state.store.ts';

import { formerStanding, seatsOnline } from './amendment.ts';
import { changeHeld } from './change-registration.case.ts';
import { amendableEvent, merged, planAmendment } from './plan-amendment.case.ts';

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
    const isOffered = mayGoOnline(event, registration) && !isEventOver(event, deps.system.now());
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
    const planned = planAmendment(deps, event, situation, amendedFor);
    if (planned === undefined) return undefined;
    const message = newMessage(deps.system, 'updated', planned.after);
    return { ...planned, messages: [{ ...message, former: formerStanding(event, situation.before) }] };
  });
}

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
