import type { FieldIssue } from '../../shared/domain/field-problem.ts';
import { InvalidInputError, ProblemError } from '../../shared/errors.ts';
import type { FormFields } from '../../shared/http/body.ts';
import { orFormAgain } from '../../shared/http/form-again.ts';
import { guarded, linkToken } from '../../shared/http/guarded.ts';
import type { Guarded, Handle } from '../../shared/http/handler.ts';
import { json, page, seeOther } from '../../shared/http/reply.ts';
import { SITE } from '../../shared/i18n/site.ts';
import { translator } from '../../shared/i18n/translator.ts';
import { isForgotten } from '../../shared/registering/end-young.ts';
import { bearerToken } from '../../shared/registering/holder-of.ts';
import { consentPage } from '../../web/site/consent-page.ts';
import { farewellPage } from '../../web/site/farewell-page.ts';
import { askedBy } from './asked.ts';
import { type Decision, decide } from './decide.ts';
import type { Deps } from './deps.ts';

/** What a guardian is asked, or what they agreed to; opening it changes nothing: mail scanners follow links. */
export const showConsent =
  (deps: Deps): Handle<'showConsent'> =>
  async ({ params: { token }, language: wanted, path }) => {
    const { registration, event, language } = await askedBy(deps, token, wanted);
    const shown = { event, language, t: translator(SITE, language), path };
    if (isForgotten(registration)) return page(farewellPage({ ...shown, what: 'withdrawn' }));
    return page(consentPage({ ...shown, registration, values: {}, problems: [] }));
  };

/** The buttons of that page. Once everything is deleted there is no page to lead to: this answer is the last one. */
export const postConsent = (deps: Deps): Guarded<'postConsent'> =>
  guarded(
    (sender) => askedBy(deps, linkToken(sender), sender.language),
    async ({ body: fields, path }, asked) => {
      const { registration, event, language } = asked;
      const answer = async () => {
        const decided = await decide(deps, asked, decisionIn(fields));
        if (decided === 'agreed') return seeOther(`${path}?lang=${language}`);
        return page(farewellPage({ event, language, t: translator(SITE, language), path, what: decided }));
      };
      const localised = async () => ({ event, language });
      return orFormAgain(answer, fields, localised, (form) => consentPage({ ...form, registration, path }));
    },
  );

export const giveConsent = (deps: Deps): Guarded<'giveConsent'> =>
  guarded(
    (sender) => askedBy(deps, bearerToken(sender.authorization), sender.language),
    async ({ body }, asked) => {
      return json(200, { status: await decide(deps, asked, { ...body, consents: body.consents ?? {} }) });
    },
  );

const CONSENT = 'consents.';
const ACTIONS: readonly string[] = [
  'agree',
  'refuse',
  'withdraw',
  'take-back',
  'change-phone',
] satisfies Decision['action'][];

/** @throws InvalidInputError for fields that the page does not have; ProblemError where no button was pressed */
function decisionIn({
  action: [action = ''] = [],
  consent: [consent = ''] = [],
  phone: [phone = ''] = [],
  ...fields
}: FormFields): Decision {
  const strangers = Object.keys(fields).filter((name) => !name.startsWith(CONSENT));
  const issues = strangers.map((path): FieldIssue => ({ path, code: 'unknown-field' }));
  if (issues.length > 0) throw new InvalidInputError(issues);
  if (!isAction(action)) throw new ProblemError('malformed-body');
  const consents = Object.entries(fields).map(([name, [version = '']]) => [name.slice(CONSENT.length), version]);
  return { action, consents: Object.fromEntries(consents), consent, phone };
}

const isAction = (text: string): text is Decision['action'] => ACTIONS.includes(text);
