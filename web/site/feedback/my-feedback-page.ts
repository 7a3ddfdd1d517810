import type { FeedbackForm, FeedbackStatus } from '../../../shared/feedback/form/form.ts';
import { type Html, html } from '../../../shared/kernel/html.ts';
import { type EventPage, page } from '../kernel/layout.ts';
import { feedbackFormPath, inLanguage } from '../kernel/links.ts';
import { instantLine, rich } from '../kernel/text.ts';
import { answersAs, NAME_HERE } from './feedback-page.ts';

/** At `/m/{token}/feedback`. */
export interface MyFeedbackPage extends EventPage {
  /** In the order of the programme. */
  readonly forms: readonly OwnForm[];
  /** What this browser keeps; absent where the event asks nothing any more. */
  readonly feedback: KeptByBrowser | undefined;
}

interface OwnForm {
  readonly form: FeedbackForm<string>;
  /** @see formTitle */
  readonly title: string;
  /** What is switched off is not listed at all. */
  readonly standing: Exclude<FeedbackStatus, 'off'>;
  readonly attended: boolean;
}

/** The forms about what the holder of a link attended. */
export function myFeedbackPage(of: MyFeedbackPage): string {
  const { event, language, t, path, feedback } = of;
  const forms = of.forms.filter(({ attended }) => attended);
  const standing = (wanted: OwnForm['standing']) => forms.filter((each) => each.standing === wanted);
  const [open, later, closed] = [standing('open'), standing('not-yet'), standing('closed')];
  return page({
    ...of,
    title: t('feedback.mine.title'),
    hasFeedback: true,
    body: html`<h1>${t('feedback.mine.title')}</h1>
${feedback && feedbackKeeper(event.id, feedback)}${answersAs(
  rich(t, 'feedback.mine.other', { name: NAME_HERE }),
  t('feedback.mine.other.hint'),
)}<p class="lead">${open.length > 0 ? t('feedback.mine.lead') : t('feedback.mine.nothing')}</p>
${[
  open.length > 0 && openForms(of, open),
  listed(t('feedback.mine.not-yet'), later, ({ form }) =>
    t('feedback.mine.from', { when: instantLine(new Date(form.opensAt).toISOString(), event.timeZone, language, t) }),
  ),
  listed(t('feedback.mine.closed'), closed),
]}<p>${t('feedback.mine.who')}</p>
<p><a href="${inLanguage(path.replace(/\/feedback$/, ''), language)}">${t('join.back')}</a></p>`,
  });
}

/** Without a script each is a button in place of the link; the script shows the buttons too where the browser cannot prove anything. */
const openForms = ({ event, language, t, path }: MyFeedbackPage, forms: readonly OwnForm[]): Html =>
  html`<h2>${t('feedback.mine.open')}</h2>
<noscript data-by-server><p class="note">${t('feedback.mine.by-server')}</p>
${forms.map(
  ({ form, title }) =>
    html`<form method="post" action="${inLanguage(`${path}/${form.id}`, language)}"><button type="submit">${title}</button></form>
`,
)}</noscript>
<ul class="forms" data-answered="${t('feedback.mine.answered')}">${forms.map(
    ({ form, title }) =>
      html`<li><a data-about="${form.id}" href="${inLanguage(feedbackFormPath(event.id, form.id), language)}">${title}</a></li>
`,
  )}</ul>
`;

const listed = (heading: string, forms: readonly OwnForm[], when?: (form: OwnForm) => string): Html | undefined =>
  forms.length === 0
    ? undefined
    : html`<h2>${heading}</h2>
<ul>${forms.map((each) => html`<li>${each.title}${when && html`<p class="hint">${when(each)}</p>`}</li>`)}</ul>
`;

/** What a browser keeps of the attendee who answers in it. */
export interface KeptByBrowser {
  /** Of `feedbackToken`, which opens nothing but the asking for proofs. */
  readonly token: string;
  /** @see nameInBrowser */
  readonly name: string;
  /** From when on nothing is to be answered any more, so that nothing need be kept: epoch milliseconds. */
  readonly until: number;
}

/**
 * For the script of every page: it keeps this for the event, so that its forms find the token in this browser and can say as whom it
 * answers. It is never part of an address, which histories and logs would keep; the name is sent nowhere.
 */
export const feedbackKeeper = (eventId: string, { token, name, until }: KeptByBrowser): Html =>
  html`<div hidden data-event="${eventId}" data-feedback="${token}" data-until="${until}" data-name="${name}"></div>
`;
