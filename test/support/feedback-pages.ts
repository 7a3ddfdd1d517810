import type { EventDefinition } from '../../shared/event/event.ts';
import { questionsFor } from '../../shared/feedback/answer/answers.ts';
import { EVENT_FORM, formStatus, formsOf, sessionForm } from '../../shared/feedback/form/form.ts';
import { fieldWords } from '../../shared/kernel/i18n/problems.ts';
import type { SiteTranslate } from '../../shared/kernel/i18n/words.ts';
import type { FieldCode, Reason } from '../../shared/kernel/text/field-problem.ts';
import {
  type FeedbackPage,
  feedbackPage,
  feedbackThanksPage,
  formTitle,
} from '../../web/site/feedback/feedback-page.ts';
import { type MyFeedbackPage, myFeedbackPage } from '../../web/site/feedback/my-feedback-page.ts';

interface Common {
  readonly event: EventDefinition<string>;
  readonly language: string;
  readonly t: SiteTranslate;
}

const PROOF = { token: 'A'.repeat(43), signature: 'B'.repeat(342), mode: 'online', category: 'other' };

/** The pages on which people say what they think, as the forum asks it. */
export function feedbackPages(common: Common): Record<string, string> {
  const { event, t } = common;
  const forms = formsOf(event, { 'session-safety-by-design': { closedAt: '2027-11-02T00:00:00Z' } });
  const named = (id: string) => {
    const form = forms.find((each) => each.id === id);
    if (form === undefined) throw new Error(`the forum has no form ${id}`);
    return form;
  };
  const [session, whole] = [named(sessionForm('opening')), named(EVENT_FORM)];
  const problem = (path: string, code: FieldCode, params = {}) => ({
    path,
    code,
    message: fieldWords({ code, params } as Reason, t),
  });
  const asked = (of: Partial<FeedbackPage>): string => {
    const { form = session } = of;
    return feedbackPage({ ...common, form, path: `/f/${event.id}/${form.id}`, values: {}, problems: [], ...of });
  };
  /** In the middle of the first day. */
  const mine = (changes: Partial<MyFeedbackPage> = {}): string =>
    myFeedbackPage({
      ...common,
      path: '/m/sample-token/feedback',
      forms: forms.flatMap((form, index) => {
        const standing = formStatus(form, session.opensAt);
        const about = event.sessions.find(({ id }) => id === form.session);
        // Of a closed session only those hear who may attend it.
        if (standing === 'off' || about?.audience !== undefined) return [];
        return [{ form, title: formTitle(event, form, t), standing, attended: index % 2 === 0 || form === whole }];
      }),
      feedback: { token: 'sample-feedback-token', name: 'Sok Sample', until: 1 },
      ...changes,
    });
  return {
    feedback: asked({}),
    'feedback-event': asked({ form: whole }),
    'feedback-refused': asked({
      values: { 'answers.use': ['perhaps'], 'answers.comment': ['The room was cold.'] },
      problems: [problem('answers.useful', 'required'), problem('answers.comment', 'too-long', { max: 12 })],
      proof: PROOF,
    }),
    'feedback-young': asked({
      form: { ...session, questions: questionsFor(session.questions, { isYoung: true }) },
      isYoung: true,
      ownPath: `/m/sample/feedback/${session.id}`,
    }),
    'feedback-mine': mine(),
    'feedback-mine-nothing': mine({ forms: [] }),
    'feedback-thanks': feedbackThanksPage({
      ...common,
      form: session,
      title: formTitle(event, session, t),
      path: `/f/${event.id}/${session.id}/thanks`,
    }),
  };
}
