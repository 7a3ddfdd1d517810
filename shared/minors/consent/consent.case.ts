import { type ConsentPage, consentPage } from '../../../web/site/minors/consent-page.ts';
import { farewellPage } from '../../../web/site/registration/ended-pages.ts';
import { retentionEnd } from '../../event/event-times.ts';
import { InvalidInputError, ProblemError } from '../../kernel/errors.ts';
import type { FormFields } from '../../kernel/http/body.ts';
import { orFormAgain } from '../../kernel/http/form-again.case.ts';
import { type Guarded, guarded, type Handle, linkToken } from '../../kernel/http/handler.case.ts';
import { json, page, seeOther } from '../../kernel/http/reply.ts';
import { siteWords } from '../../kernel/i18n/site.store.ts';
import type { Needs } from '../../kernel/parts.store.ts';
import type { FieldIssue } from '../../kernel/text/field-problem.ts';
import { agreedWords } from '../../registration/agreed-words.case.ts';
import { bearerToken } from '../../registration/holder-of.case.ts';
import type { Registration } from '../../registration/registration.schema.ts';
import type { RegistrationWithEvent } from '../../registration/registration.store.ts';
import { handoverCodeOf } from '../handover/handover.store.ts';
import { adultPath, handoverInForce, MOST_ADULTS, triesLeft } from '../handover/handover.ts';
import { isForgotten } from '../young.ts';
import { decide } from './decide.case.ts';
import type { GUARDIAN_ROUTES, GuardianDecision } from './guardian.routes.ts';
import { isProvenConsent, parseConsentToken } from './guardian.store.ts';

type ConsentDeps = Needs<
  'auditTable' | 'changes' | 'client' | 'registrations' | 'secrets' | 'system' | 'tables' | 'young'
>;

/** What a guardian is asked, or what they agreed to; opening it changes nothing: mail scanners follow links. */
export const showConsent =
  (deps: ConsentDeps): Handle<typeof GUARDIAN_ROUTES.showConsent> =>
  async ({ params: { token }, language: wanted, path }) => {
    const { registration, event, language } = await askedBy(deps, token, wanted);
    const shown = { event, language, t: siteWords(language), path };
    if (isForgotten(registration)) return page(farewellPage({ ...shown, what: 'withdrawn' }));
    const handover = await handoverOf(deps, registration);
    const agreedConsents = await agreedWords(deps, event, registration);
    return page(consentPage({ ...shown, registration, handover, agreedConsents, values: {}, problems: [] }));
  };

/** The buttons of that page. Once everything is deleted there is no page to lead to: this answer is the last one. */
export const postConsent = (deps: ConsentDeps): Guarded<typeof GUARDIAN_ROUTES.postConsent> =>
  guarded(
    (sender) => askedBy(deps, linkToken(sender), sender.language),
    async ({ body: fields, path }, asked) => {
      const { registration, event, language } = asked;
      const answer = async () => {
        const decided = await decide(deps, asked, decisionIn(fields));
        if (decided === 'agreed') return seeOther(`${path}?lang=${language}`);
        return page(farewellPage({ event, language, t: siteWords(language), path, what: decided }));
      };
      const localised = async () => ({ event, language });
      const handover = await handoverOf(deps, registration);
      const agreedConsents = await agreedWords(deps, event, registration);
      return orFormAgain(answer, fields, localised, (form) =>
        consentPage({ ...form, registration, handover, agreedConsents, path }),
      );
    },
  );

export const giveConsent = (deps: ConsentDeps): Guarded<typeof GUARDIAN_ROUTES.giveConsent> =>
  guarded(
    (sender) => askedBy(deps, bearerToken(sender.authorization), sender.language),
    async ({ body }, asked) => {
      return json(200, { status: await decide(deps, asked, { ...body, consents: body.consents ?? {} }) });
    },
  );

/** What the page of a guardian who has agreed shows of how the minor leaves: read here, and shown on no other page. */
async function handoverOf(
  { young, secrets }: ConsentDeps,
  registration: Registration,
): Promise<ConsentPage['handover']> {
  const guardian = registration.minor?.guardianConsents && (await young.readGuardian(registration));
  const code = guardian && (await handoverCodeOf(registration, guardian, secrets));
  return guardian && code !== undefined
    ? { code, isLocked: triesLeft(guardian) === 0, said: handoverInForce(guardian) }
    : undefined;
}

const CONSENT = 'consents.';
const ACTIONS: readonly string[] = [
  'agree',
  'refuse',
  'withdraw',
  'take-back',
  'change-phone',
  'say-handover',
  'replace-code',
] satisfies GuardianDecision['action'][];

/** @throws InvalidInputError for fields that the page does not have; ProblemError where no button was pressed */
function decisionIn({
  action: [action = ''] = [],
  consent: [consent = ''] = [],
  phone: [phone = ''] = [],
  'handover.alone': [alone = ''] = [],
  'handover.never': [never = ''] = [],
  ...others
}: FormFields): GuardianDecision {
  const paths = Array.from({ length: MOST_ADULTS }, (_, index) => adultPath(index));
  const adults = paths.map((path) => others[path]?.[0] ?? '');
  const fields = Object.fromEntries(Object.entries(others).filter(([name]) => !paths.includes(name)));
  const strangers = Object.keys(fields).filter((name) => !name.startsWith(CONSENT));
  const issues = strangers.map((path): FieldIssue => ({ path, code: 'unknown-field' }));
  if (issues.length > 0) throw new InvalidInputError(issues);
  if (!isAction(action)) throw new ProblemError('malformed-body');
  const consents = Object.entries(fields).map(([name, [version = '']]) => [name.slice(CONSENT.length), version]);
  const handover = { adults, never, ...(alone !== '' && { alone: alone === 'yes' }) };
  return { action, consents: Object.fromEntries(consents), consent, phone, handover };
}

const isAction = (text: string): text is GuardianDecision['action'] => ACTIONS.includes(text);

/**
 * The registration about which the caller holds a guardian's link.
 *
 * @throws ProblemError `link-not-valid`, the same for a broken, forged, replaced or expired link, and once everything
 *   about the request was deleted
 */
async function askedBy(
  deps: Needs<'registrations' | 'secrets' | 'system'>,
  token: string,
  language: string,
): Promise<RegistrationWithEvent> {
  const claim = parseConsentToken(token);
  const found = claim && (await deps.registrations.readWithEvent(claim.eventId, claim.reference, language));
  const valid =
    claim &&
    found &&
    deps.system.now().getTime() < retentionEnd(found.event) * 1000 &&
    isProvenConsent(claim, found.registration, deps.secrets);
  if (!found || !(await valid)) throw new ProblemError('link-not-valid');
  return found;
}
