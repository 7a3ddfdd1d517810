import { createHash } from 'node:crypto';
import type { TookPart } from '../../checkin/attendance/arrivals.ts';
import { scannedOn, whereTheyCame } from '../../checkin/attendance/attendance.store.ts';
import { readCheckInLists } from '../../checkin/list/check-in-lists.store.ts';
import { retentionEnd } from '../../event/event-times.ts';
import { transact } from '../../kernel/dynamo/transact.store.ts';
import { InvalidInputError, ProblemError } from '../../kernel/errors.ts';
import { type Guarded, guarded, type Handle } from '../../kernel/http/handler.case.ts';
import { json } from '../../kernel/http/reply.ts';
import type { Needs } from '../../kernel/parts.store.ts';
import { addressIdentity } from '../../kernel/text/email-address.ts';
import { bearerToken, isExpired } from '../../registration/holder-of.case.ts';
import type { Registration } from '../../registration/registration.schema.ts';
import type { RegistrationWithEvent } from '../../registration/registration.store.ts';
import type { SealedAnswer } from '../feedback-items.schema.ts';
import { attendedAs, decidedBy, isToldOf } from '../form/attended.ts';
import { type FeedbackForm, type FeedbackStatus, formStatus, formsOf } from '../form/form.ts';
import { readFormSettings } from '../form/form-settings.store.ts';
import { labelsOf } from '../result/published.ts';
import { blindSign } from './blind-signature.store.ts';
import type { FormKeys } from './feedback-keys.case.ts';
import { type FormSecrets, nameOf } from './feedback-keys.store.ts';
import { isProvenFeedback, parseFeedbackToken } from './feedback-link.store.ts';
import type { FEEDBACK_TOKEN_ROUTES } from './feedback-tokens.routes.ts';
import type { PassGroup } from './pass.ts';
import { fromIssuedTokenItem, issuedTokenKey, putAnsweredHere, putIssuedToken } from './tokens.store.ts';

type Deps = Needs<'client' | 'counts' | 'registrations' | 'registry' | 'secrets' | 'system'>;

/** A form as it stands for one person. */
interface OwnForm {
  /** With what says who attended it, as it is now. */
  readonly form: FeedbackForm<string>;
  readonly standing: Exclude<FeedbackStatus, 'off'>;
  /** How they took part in what it is about; absent where they did not. */
  readonly attended: TookPart | undefined;
}

/**
 * The attendee for whom a browser's token was made.
 *
 * @throws ProblemError `link-not-valid`, the same for a broken, forged, replaced, expired or forgotten one
 */
async function bearerOf(
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
    whereTheyCame(client, registry, registration, event, lists),
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

/** Signs unseen. It is noted before it is given out: nobody has a signature of which we do not know. */
export const issueFeedbackToken = (
  deps: Needs<'client' | 'counts' | 'keysOf' | 'registrations' | 'registry' | 'secrets' | 'system'>,
): Guarded<typeof FEEDBACK_TOKEN_ROUTES.issueFeedbackToken> =>
  guarded(
    ({ params: { eventId = '' }, authorization, language }) => bearerOf(deps, { eventId, authorization }, language),
    async ({ params: { form }, body }, held) => {
      await attendedForm(deps, held, form);
      const secrets = await keysFor(deps, held, form);
      const blinded = Buffer.from(body.blinded, 'base64url');
      const signature = blindSign(secrets.privateKeys[passGroupOf(held.registration)], blinded);
      if (signature === undefined) throw new InvalidInputError([{ path: 'blinded', code: 'wrong-type' }]);
      await noteIssued(deps, held, { form, secrets, blinded });
      return json(200, { signature: signature.toString('base64url') });
    },
  );

/** What a browser has to know before it blinds. Nothing is noted of the attendee who asks: that is not to answer. */
export const makeFeedbackPass =
  (
    deps: Needs<'client' | 'counts' | 'keysOf' | 'namedFor' | 'registrations' | 'registry' | 'secrets' | 'system'>,
  ): Handle<typeof FEEDBACK_TOKEN_ROUTES.makeFeedbackPass> =>
  async ({ params: { eventId, form: id }, headers: { authorization }, language }) => {
    const held = await bearerOf(deps, { eventId, authorization }, language);
    const { form, attended } = await attendedForm(deps, held, id);
    const [named, { publicKeys }] = await Promise.all([deps.namedFor(held.event, form), keysFor(deps, held, id)]);
    const group = passGroupOf(held.registration);
    return json(200, { group, publicKey: publicKeys[group].toString('base64url'), labels: labelsOf(named, attended) });
  };

type IssueDeps = Needs<'box' | 'client' | 'keysOf' | 'registry' | 'system'>;

/** Half of a MAC: 128 bits name the attendee. */
const HOLDER_BYTES = 16;
/** As long as those that browsers make. */
const TOKEN_BYTES = 32;

/** Texts are taken of adults only (CS22), so their tokens are signed apart. */
export const passGroupOf = ({ ageBand }: Pick<Registration, 'ageBand'>): PassGroup =>
  ageBand === 'minor' ? 'young' : 'adult';

/** The keys of a form of an attendee's event. */
export const keysFor = (
  { keysOf }: Pick<IssueDeps, 'keysOf'>,
  { event }: RegistrationWithEvent,
  form: string,
): Promise<FormKeys> => keysOf({ eventId: event.id, form }, retentionEnd(event));

/** What names one person: a person who comes in another's place has the same reference, and has said nothing yet. */
const personOf = ({ reference, formerHolders = 0 }: Pick<Registration, 'reference' | 'formerHolders'>): string =>
  `${reference}|${formerHolders}`;

/**
 * By what an attendee is known who asks again: their registration, and their name at an address, for people may have cancelled one and come
 * with another. Who came without an address is known by the first alone.
 */
const everyNameOf = (registration: Registration): string[] => {
  const { email, fullName } = registration;
  return [personOf(registration), ...(email === '' ? [] : [`${addressIdentity(email)}|${fullName}`])];
};

/** Under what of a person is noted: a MAC of each of their names. */
const holdersOf = (registration: Registration, secrets: FormSecrets): string[] =>
  everyNameOf(registration).map((who) => nameOf(secrets, 'issued', who).toString('base64url', 0, HOLDER_BYTES));

/**
 * Notes that an attendee is given their one token of a form.
 *
 * @param blinded what is signed for them: asked for again it is the same token
 * @throws ProblemError `token-elsewhere` where something else was signed for them, or they answered without a script
 */
async function noteIssued(
  { client, registry, system }: Pick<IssueDeps, 'client' | 'registry' | 'system'>,
  { registration, event }: RegistrationWithEvent,
  { form, secrets, blinded }: { readonly form: string; readonly secrets: FormSecrets; readonly blinded: Uint8Array },
): Promise<void> {
  const { id: eventId } = event;
  const blindedHash = createHash('sha256').update(blinded).digest('base64url');
  const notes = holdersOf(registration, secrets).map((holder) =>
    putIssuedToken(registry, issuedTokenKey(eventId, form, holder), blindedHash, retentionEnd(event)),
  );
  const refusals = await transact(client, notes, system);
  if (refusals.length > 0) throw new ProblemError('token-elsewhere', { eventId });
}

/**
 * Keeps what an attendee answers without a script, and notes in the same transaction that they have: once, however often it comes. What is
 * noted and what is kept have nothing in common, and what is kept looks as if it had come from a browser with a token of its own.
 *
 * @throws ProblemError `token-elsewhere` where a token was signed for them
 */
export async function answerHere(
  { box, registry, system }: Pick<IssueDeps, 'box' | 'registry' | 'system'>,
  { registration, event }: RegistrationWithEvent,
  { form, secrets, answer }: { readonly form: string; readonly secrets: FormSecrets; readonly answer: SealedAnswer },
): Promise<void> {
  const { id: eventId } = event;
  const mark = nameOf(secrets, 'answered-here', personOf(registration)).toString('base64url');
  const notes = holdersOf(registration, secrets).map((holder) =>
    putAnsweredHere(registry, issuedTokenKey(eventId, form, holder), mark, retentionEnd(event)),
  );
  const token = system.random(TOKEN_BYTES);
  const refusals = await box.answer({ eventId, form, ...answer }, token, retentionEnd(event), notes);
  const isOther = refusals.some(({ old }) => old === undefined || fromIssuedTokenItem(old) !== mark);
  if (isOther) throw new ProblemError('token-elsewhere', { eventId });
}
