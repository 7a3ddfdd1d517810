import { questionsFor } from '../../shared/domain/feedback/answers.ts';
import { labelsOf } from '../../shared/domain/feedback/labels.ts';
import { guarded, linkToken } from '../../shared/http/guarded.ts';
import type { Guarded, Handle } from '../../shared/http/handler.ts';
import { page } from '../../shared/http/reply.ts';
import { SITE } from '../../shared/i18n/site.ts';
import { translator } from '../../shared/i18n/translator.ts';
import { signPlainly } from '../../shared/keys/blind-signature.ts';
import { nameOf } from '../../shared/keys/form-secrets.ts';
import { holderOf } from '../../shared/registering/holder-of.ts';
import { keptByBrowser } from '../../shared/registering/kept-by-browser.ts';
import { feedbackPage } from '../../web/site/feedback/feedback-page.ts';
import { ownFormTitle } from '../../web/site/feedback/form-title.ts';
import { myFeedbackPage } from '../../web/site/feedback/my-feedback-page.ts';
import { feedbackFormPath } from '../../web/site/links.ts';
import { attendedForm, ownForms } from './attendee.ts';
import type { Deps } from './deps.ts';
import { groupOf, keysFor, noteIssued, personOf } from './issue.ts';

export const showMyFeedback =
  (deps: Deps): Handle<'showMyFeedback'> =>
  async ({ params: { token }, language: wanted, path }) => {
    const held = await holderOf(deps, token, wanted);
    const { event, language, registration } = held;
    const t = translator(SITE, language);
    const forms = (await ownForms(deps, held)).map(({ form, standing, attended }) => ({
      ...{ form, standing, attended: attended !== undefined },
      title: ownFormTitle(event, form, t),
    }));
    const feedback = await keptByBrowser(registration, event, deps.secrets);
    return page(myFeedbackPage({ event, language, t, path, forms, feedback }));
  };

/**
 * The form with a token in it, for a browser without a script. The token is made from whose it is, so that they are given the same one as
 * often as they ask; whoever has the key that it is made with could know it again, and the page says so.
 */
export const postMyFeedback = (deps: Deps): Guarded<'postMyFeedback'> =>
  guarded(
    (sender) => holderOf(deps, linkToken(sender), sender.language),
    async ({ params: { form: id } }, held) => {
      const { event, language, registration } = held;
      const { form, attended } = await attendedForm(deps, held, id);
      const [named, secrets] = await Promise.all([deps.namedFor(event, form), keysFor(deps, held, id)]);
      const token = nameOf(secrets, 'token', personOf(registration));
      const group = groupOf(registration);
      const signature = signPlainly(secrets.privateKeys[group], token);
      await noteIssued(deps, held, { form: id, secrets, what: token });
      const isYoung = group === 'young';
      return page(
        feedbackPage({
          ...{ event, language, isYoung, isBlindedHere: true, values: {}, problems: [] },
          form: { ...form, questions: questionsFor(form.questions, { isYoung }) },
          t: translator(SITE, language),
          path: feedbackFormPath(event.id, id),
          proof: {
            token: token.toString('base64url'),
            signature: signature.toString('base64url'),
            ...labelsOf(named, attended),
          },
        }),
      );
    },
  );
