import { type FeedbackQuestion, HIGHEST_RATING } from '../../../shared/event/definition/feedback-rules.ts';
import type { EventDefinition } from '../../../shared/event/event.ts';
import { USUAL_MAX } from '../../../shared/feedback/answer/answers.ts';
import type { SentProof } from '../../../shared/feedback/answer/feedback.schema.ts';
import type { FeedbackForm } from '../../../shared/feedback/form/form.ts';
import { type Html, html } from '../../../shared/kernel/html.ts';
import type { SiteTranslate } from '../../../shared/kernel/i18n/words.ts';
import { choices, type FieldProblem, type FormState, type FormValues, formPage, textInput } from '../kernel/form.ts';
import { type EventContext, type EventPage, page } from '../kernel/layout.ts';
import { eventPath, findPath, inLanguage } from '../kernel/links.ts';
import { rich } from '../kernel/text.ts';

/** What the script may have to say when sending did not go as it should: `data-note` is by what it finds each. */
const WHEN_SENDING = ['keys-differ', 'offline', 'unsure', 'failed'] as const;

/** Beside the questions, from the beginning: why someone cannot answer, or not yet. */
const notesAtFirst = (of: EventContext): Html => html`<div data-notes>
${note(of.t, 'no-link', findLink(of))}${note(of.t, 'answered')}${refused}</div>
`;

/** Beside the button: what became of pressing it. */
const notesWhenSending = ({ t }: EventContext): Html => html`<div data-notes>
${WHEN_SENDING.map((name) => note(t, name))}${refused}</div>
`;

/** For an attendee who cannot prove anything in this browser. */
const withoutScript = (of: EventContext): Html => html`<div class="note">
<h2>${of.t('feedback.no-script.title')}</h2>
<p>${of.t('feedback.no-script.text')}</p>
${findLink(of)}</div>
`;

type NoteName = 'no-link' | 'answered' | (typeof WHEN_SENDING)[number];

const note = (
  t: SiteTranslate,
  name: NoteName,
  more?: Html,
): Html => html`<div class="note" role="status" tabindex="-1" data-note="${name}" hidden>
<h2>${t(`feedback.note.${name}.title`)}</h2>
<p>${t(`feedback.note.${name}.text`)}</p>
${more}</div>
`;

/** The server says why, in words that the script puts here. */
const refused = html`<div class="note" role="status" tabindex="-1" data-note="refused" hidden></div>
`;

const findLink = ({ event, language, t }: EventContext): Html =>
  html`<p><a href="${inLanguage(findPath(event.id), language)}">${t('feedback.no-script.find')}</a></p>
`;

/** Under which name a form sends the answer to a question. */
const answerPath = ({ id }: Pick<FeedbackQuestion<unknown>, 'id'>): string => `answers.${id}`;

/** What is asked, each question as the kind of field that its type asks for. */
const feedbackQuestions = (form: FormState, asked: readonly FeedbackQuestion<string>[]): Html[] =>
  asked.map((question) => oneQuestion(form, question));

function oneQuestion(form: FormState, question: FeedbackQuestion<string>): Html {
  const { t } = form;
  const hint = (ours?: string) => [question.hint, ours].filter(Boolean).join(' ') || undefined;
  const field = { path: answerPath(question), label: question.title, optional: !question.required };
  const offered = (question.options ?? []).map(({ id, title }) => ({ value: id, label: title }));
  switch (question.type) {
    case 'rating':
      return choices(form, {
        ...field,
        type: 'radio',
        isScale: true,
        hint: hint(t('feedback.rating')),
        choices: ratings(form),
      });
    case 'choice':
      return choices(form, { ...field, type: 'radio', hint: hint(), choices: offered });
    case 'multi-choice':
      return choices(form, { ...field, type: 'checkbox', hint: hint(t('feedback.choose-all')), choices: offered });
    case 'text':
      return textInput(form, {
        ...field,
        long: true,
        hint: hint(t('feedback.up-to', { max: question.max ?? USUAL_MAX })),
      });
  }
}

/** What the ends mean is said in their labels, for readers who hear one after the other. */
const ratings = ({ t }: FormState) =>
  Array.from({ length: HIGHEST_RATING }, (_, index) => {
    const rating = String(index + 1);
    const end = index === 0 ? t('feedback.worst') : index === HIGHEST_RATING - 1 ? t('feedback.best') : undefined;
    return { value: rating, label: rating, hint: end };
  });

/** At `/f/{eventId}/{form}`. */
export interface FeedbackPage extends EventPage {
  /** With the questions that are to be asked: of someone under 18, none in words. */
  readonly form: FeedbackForm<string>;
  readonly values: FormValues;
  readonly problems: readonly FieldProblem[];
  /** As it came; otherwise the script gets one. */
  readonly proof?: SentProof | undefined;
  readonly isYoung?: boolean | undefined;
  /** Where it is sent to as the holder of a link, by a browser without a script: no proof is in it then. */
  readonly ownPath?: string | undefined;
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
  return formPage(of, {
    form,
    title: t('feedback.title', { title: about }),
    labels: new Map(asked.questions.map((question) => [answerPath(question), question.title])),
    hasFeedback: true,
    body: html`<p class="lead">${t('feedback.lead')}</p>
${[
  ownPath !== undefined && seenHere(t),
  proof === undefined && ownPath === undefined && html`<noscript>${withoutScript(of)}</noscript>`,
  notesAtFirst(of),
  answersAs(rich(t, 'feedback.as', { name: NAME_HERE }), t('feedback.as.hint')),
]}<form method="post" action="${inLanguage(ownPath ?? path, language)}" novalidate data-event="${event.id}" data-form="${asked.id}">
${hiddenFields(of)}
${[
  feedbackQuestions(form, asked.questions),
  beforeSending(of),
  notesWhenSending(of),
]}<button type="submit" data-sending="${t('feedback.sending')}">${t('feedback.send')}</button>
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

/** Where a sentence has the name that this browser keeps. */
export const NAME_HERE = html`<b data-name dir="auto"></b>`;

/**
 * Says as whom this browser answers, where several people may share one. The script puts the name in, which it keeps itself: the server
 * is not told who reads this.
 *
 * @param sentence with `NAME_HERE` in it
 */
export const answersAs = (sentence: Html, hint: string): Html => html`<div class="note" role="status" data-as hidden>
<p>${sentence}</p>
<p class="hint">${hint}</p>
</div>
`;

type Event = Pick<EventDefinition<string>, 'sessions'>;
type About = Pick<FeedbackForm, 'session'>;

/** What a form is about, in words for anybody: a session's title, or that it is the whole event. What is closed has no name here. */
export const formTitle = (event: Event, form: About, t: SiteTranslate): string =>
  sessionOf(event, form)?.audience === undefined ? ownFormTitle(event, form, t) : t('feedback.closed-session');

/** The same for those who may answer it. */
export const ownFormTitle = (event: Event, form: About, t: SiteTranslate): string =>
  sessionOf(event, form)?.title ?? t('feedback.whole-event');

const sessionOf = ({ sessions }: Event, { session }: About) => sessions.find(({ id }) => id === session);

/** At `/f/{eventId}/{form}/thanks`. */
interface FeedbackThanksPage extends EventPage {
  readonly form: FeedbackForm<string>;
  /** @see formTitle */
  readonly title: string;
}

/** Says that answers were counted, and not a word of whose or which: anyone may open it. */
export function feedbackThanksPage(of: FeedbackThanksPage): string {
  const { event, title, language, t } = of;
  return page({
    ...of,
    title: t('feedback.thanks.title'),
    body: html`<h1>${t('feedback.thanks.title')}</h1>
<p class="lead">${t('feedback.thanks.counted', { title })}</p>
<p>${t('feedback.thanks.with-others')}</p>
<p>${t('feedback.thanks.more')}</p>
<p><a href="${inLanguage(eventPath(event.id), language)}">${t('event.back')}</a></p>`,
  });
}
