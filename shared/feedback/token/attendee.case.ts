import type { TookPart } from '../../checkin/attendance/arrivals.ts';
import { scannedOn, whereTheyCame } from '../../checkin/attendance/attendance.store.ts';
import { readCheckInLists } from '../../checkin/list/check-in-lists.store.ts';
import { ProblemError } from '../../kernel/errors.ts';
import type { Needs } from '../../kernel/parts.store.ts';
import { bearerToken, isExpired } from '../../registration/holder-of.case.ts';
import type { RegistrationWithEvent } from '../../registration/registration.store.ts';
import { attendedAs, decidedBy, isToldOf } from '../form/attended.ts';
import { type FeedbackForm, type FormStanding, formStatus, formsOf } from '../form/form.ts';
import { readFormSettings } from '../form/form-settings.store.ts';
import { isProvenFeedback, parseFeedbackToken } from './feedback-link.store.ts';

type Deps = Needs<'client' | 'counts' | 'registrations' | 'registry' | 'secrets' | 'system'>;

/** A form as it stands for one person. */
interface OwnForm {
  /** With what says who attended it, as it is now. */
  readonly form: FeedbackForm<string>;
  readonly standing: Exclude<FormStanding, 'off'>;
  /** How they took part in what it is about; absent where they did not. */
  readonly attended: TookPart | undefined;
}

/**
 * The attendee for whom a browser's token was made.
 *
 * @throws ProblemError `link-not-valid`, the same for a broken, forged, replaced, expired or forgotten one
 */
export async function bearerOf(
  deps: Deps,
  { eventId, authorization }: { readonly eventId: string; readonly authorization: string | undefined },
  language: string,
): Promise<RegistrationWithEvent> {
  const claim = parseFeedbackToken(bearerToken(authorization));
  const isHere = claim?.eventId === eventId;
  const held = isHere ? await deps.registrations.readWithEvent(eventId, claim.reference, language) : undefined;
  const isGood =
    claim !== undefined &&
    held !== undefined &&
    !isExpired(held, deps.system.now()) &&
    (await isProvenFeedback(claim, held.registration, deps.secrets));
  if (!isGood) throw new ProblemError('link-not-valid', { eventId });
  return held;
}

/** All forms of the event but those that are switched off, and those about closed sessions that they were not let into. */
export async function ownForms(
  deps: Deps,
  { registration, event }: RegistrationWithEvent,
): Promise<readonly OwnForm[]> {
  const { client, registry } = deps;
  const [{ settings }, { lists }] = await Promise.all([
    readFormSettings(client, registry, event.id),
    readCheckInLists(client, registry, event),
  ]);
  const [came, counted] = await Promise.all([
    whereTheyCame(client, registry, registration, lists),
    deps.counts(event.id, lists),
  ]);
  const attendance = { lists, came, scanned: scannedOn(counted) };
  const concerns = (form: FeedbackForm): boolean => isToldOf(form, event, registration, attendance);
  const now = deps.system.now().getTime();
  return formsOf(event, settings)
    .filter(concerns)
    .flatMap((form) => {
      const standing = formStatus(form, now);
      const by = decidedBy(form, lists, attendance.scanned);
      return standing === 'off'
        ? []
        : [{ form: { ...form, by }, standing, attended: attendedAs(form, event, attendance) }];
    });
}

/** @throws ProblemError `not-found`, `feedback-not-open`, `feedback-closed`, or `not-attended` */
export async function attendedForm(
  deps: Deps,
  held: RegistrationWithEvent,
  id: string,
): Promise<{ readonly form: FeedbackForm<string>; readonly attended: TookPart }> {
  const eventId = held.event.id;
  const own = (await ownForms(deps, held)).find(({ form }) => form.id === id);
  if (own === undefined) throw new ProblemError('not-found');
  if (own.standing === 'not-yet') throw new ProblemError('feedback-not-open', { eventId });
  if (own.standing === 'closed') throw new ProblemError('feedback-closed', { eventId });
  if (own.attended === undefined) throw new ProblemError('not-attended', { eventId });
  return { form: own.form, attended: own.attended };
}
