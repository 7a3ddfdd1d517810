import { feedbackPage, ownFormTitle, SENT_HERE } from '../../../web/site/feedback/feedback-page.ts';
import { myFeedbackPage } from '../../../web/site/feedback/my-feedback-page.ts';
import { feedbackFormPath } from '../../../web/site/kernel/links.ts';
import { InvalidInputError } from '../../kernel/errors.ts';
import { orFormAgain, type RefusedForm } from '../../kernel/http/form-again.case.ts';
import { type Guarded, guarded, type Handle, linkToken } from '../../kernel/http/handler.case.ts';
import { page, type Reply, seeOther } from '../../kernel/http/reply.ts';
import { siteWords } from '../../kernel/i18n/site.store.ts';
import type { Needs } from '../../kernel/parts.store.ts';
import { holderOf } from '../../registration/holder-of.case.ts';
import { keptByBrowser } from '../../registration/kept-by-browser.case.ts';
import { answeredWith } from '../answer/answered.ts';
import { answersIn, questionsFor } from '../answer/answers.ts';
import { labelsOf } from '../result/published.ts';
import type { FEEDBACK_TOKEN_ROUTES } from './feedback-tokens.routes.ts';
import { answerHere, attendedForm, keysFor, ownForms, passGroupOf } from './issue-token.case.ts';

type Deps = Needs<
  'box' | 'client' | 'counts' | 'keysOf' | 'namedFor' | 'registrations' | 'registry' | 'secrets' | 'system'
>;

export const showMyFeedback =
  (deps: Deps): Handle<typeof FEEDBACK_TOKEN_ROUTES.showMyFeedback> =>
  async ({ params: { token }, language: wanted, path }) => {
    const held = await holderOf(deps, token, wanted);
    const { event, language, registration } = held;
    const t = siteWords(language);
    const forms = (await ownForms(deps, held)).map(({ form, standing, attended }) => ({
      ...{ form, standing, attended: attended !== undefined },
      title: ownFormTitle(event, form, t),
    }));
    const feedback = await keptByBrowser(registration, event, deps.secrets);
    return page(myFeedbackPage({ event, language, t, path, forms, feedback }));
  };

/**
 * The form for a browser without a script: without fields it is shown, and nothing is noted of the attendee; with them it is sent. This
 * function sees then at once who they are and what they answer, and the page says so. It keeps nothing that leads from one to the other.
 */
export const postMyFeedback = (deps: Deps): Guarded<typeof FEEDBACK_TOKEN_ROUTES.postMyFeedback> =>
  guarded(
    (sender) => holderOf(deps, linkToken(sender), sender.language),
    async ({ params: { form: id }, body: fields, path }, held) => {
      const { event, language, registration } = held;
      const { form, attended } = await attendedForm(deps, held, id);
      const isYoung = passGroupOf(registration) === 'young';
      const asked = { ...form, questions: questionsFor(form.questions, { isYoung }) };
      const t = siteWords(language);
      const shown = (state: Pick<RefusedForm, 'values' | 'problems'>): string =>
        feedbackPage({
          ...{ event, language, t, isYoung, form: asked, ...state },
          ...{ path: path.slice(0, path.lastIndexOf('/')), ownPath: path },
        });
      if (Object.keys(fields).length === 0) return page(shown({ values: {}, problems: [] }));
      const answer = async (): Promise<Reply> => {
        const answered = answeredWith(asked.questions, answersIn(asked, fields, [SENT_HERE]));
        if ('issues' in answered) throw new InvalidInputError(answered.issues);
        const [named, secrets] = await Promise.all([deps.namedFor(event, form), keysFor(deps, held, id)]);
        await answerHere(deps, held, { form: id, secrets, answer: { labels: labelsOf(named, attended), ...answered } });
        return seeOther(`${feedbackFormPath(event.id, id)}/thanks?lang=${language}`);
      };
      return orFormAgain(answer, fields, async () => held, shown);
    },
  );
