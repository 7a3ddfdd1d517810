import type { EventDefinition } from '../../../shared/event/event.ts';
import type { FeedbackForm } from '../../../shared/feedback/form/form.ts';
import { type Html, html } from '../../../shared/kernel/html.ts';
import type { SiteTranslate } from '../../../shared/kernel/i18n/site.ts';
import { formPage } from '../kernel/form/form-page.ts';
import type { FieldProblem, FormState, FormValues } from '../kernel/form/form-state.ts';
import { inLanguage } from '../kernel/links.ts';
import { rich } from '../kernel/rich.ts';
import { answersAs, NAME_HERE } from './answers-as.ts';
import { formTitle } from './form-title.ts';
import { notesAtFirst, notesWhenSending, withoutScript } from './notes.ts';
import { answerPath, feedbackQuestions } from './questions.ts';

export interface FeedbackPage {
  readonly event: EventDefinition<string>;
  /** With the questions that are to be asked: of someone under 18, none in words. */
  readonly form: FeedbackForm<string>;
  readonly language: string;
  readonly t: SiteTranslate;
  /** `/f/{eventId}/{form}`: where the form is shown and sent to. */
  readonly path: string;
  readonly values: FormValues;
  readonly problems: readonly FieldProblem[];
  /** As it came; otherwise the script gets one. */
  readonly proof?: FeedbackPageProof | undefined;
  readonly isYoung?: boolean | undefined;
  /** Where it is sent to as the holder of a link, by a browser without a script: no proof is in it then. */
  readonly ownPath?: string | undefined;
}

/** Bytes in base64url, and labels. */
export interface FeedbackPageProof {
  readonly token: string;
  readonly signature: string;
  readonly mode: string;
  readonly category: string;
}

/** What a form has besides answers that is sent as the holder of a link: without any answer it is a form that was sent, still. */
export const SENT_HERE = 'sent';

/** Under which names a form sends its proof. */
const PROOF = ['token', 'signature', 'mode', 'category'] as const;

/** One form, the same for everyone who opens it: who its reader is, the page does not know. */
export function feedbackPage(of: FeedbackPage): string {
  const { event, form: asked, language, t, path, values, problems, proof, ownPath } = of;
  const form: FormState = { t, values, problems };
  const about = formTitle(event, asked, t);
  return formPage({
    event,
    language,
    path,
    form,
    title: t('feedback.title', { title: about }),
    labels: new Map(asked.questions.map((question) => [answerPath(question), question.title])),
    hasFeedback: true,
    body: html`<p class="lead">${t('feedback.lead')}</p>
${ownPath !== undefined && seenHere(t)}${proof === undefined && ownPath === undefined && html`<noscript>${withoutScript(of)}</noscript>`}${notesAtFirst(of)}${answersAs(rich(t, 'feedback.as', { name: NAME_HERE }), t('feedback.as.hint'))}<form method="post" action="${inLanguage(ownPath ?? path, language)}" novalidate data-event="${event.id}" data-form="${asked.id}">
${hiddenFields(of)}
${feedbackQuestions(form, asked.questions)}${beforeSending(of)}${notesWhenSending(of)}<button type="submit" data-sending="${t('feedback.sending')}">${t('feedback.send')}</button>
</form>`,
  });
}

const hiddenFields = ({ proof, ownPath }: FeedbackPage): Html[] =>
  ownPath === undefined
    ? PROOF.map((name) => html`<input type="hidden" name="${name}" value="${proof?.[name] ?? ''}">`)
    : [html`<input type="hidden" name="${SENT_HERE}" value="1">`];

const seenHere = (t: SiteTranslate): Html => html`<div class="note" data-seen-here>
<h2>${t('feedback.seen-here.title')}</h2>
<p>${t('feedback.seen-here.text')}</p>
</div>
`;

/** What has to be known before, since nothing can be done about it afterwards. */
function beforeSending({ t, form, isYoung = false, ownPath }: FeedbackPage): Html {
  const hasWords = form.questions.some(({ type }) => type === 'text');
  return html`<h2>${t('feedback.before')}</h2>
<ul>
<li>${t(ownPath === undefined ? 'feedback.anonymous' : 'feedback.anonymous-here')}</li>
<li>${t('feedback.locked')}</li>
<li>${t('feedback.beside')}</li>
<li>${t('feedback.few')}</li>
<li><b>${t('feedback.for-good')}</b></li>
${ownPath === undefined && html`<li>${t('feedback.this-browser')}</li>`}
${hasWords && html`<li data-words>${t('feedback.words')}</li>`}
${isYoung ? html`<li>${t('feedback.young')}</li>` : hasWords && html`<li data-young hidden>${t('feedback.young')}</li>`}
</ul>
`;
}
