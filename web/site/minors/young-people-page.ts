import { type Html, html } from '../../../shared/kernel/html.ts';
import { page, reach } from '../kernel/layout.ts';
import { consentFormPath, inLanguage, privacyPath, reportPath } from '../kernel/links.ts';
import { forgottenOn, type NoticePage } from '../kernel/notices.ts';
import { points } from '../kernel/text.ts';

/** A notice that a child can read (CS21): short sentences, one thought each, and whom to turn to. */
export function youngPeoplePage(of: NoticePage): string {
  const { event, language, t, words } = of;
  const { name, email } = event.secretariat;
  return page({
    ...of,
    title: t('layout.young-people'),
    index: true,
    body: html`<h1>${t('layout.young-people')}</h1>
<p class="lead">${words('youth.lead')}</p>
${steps(of)}${points(words('youth.who.title'), [words('youth.who.you'), words('youth.who.team'), words('youth.who.nobody')])}${points(
  words('youth.agree.title'),
  [words('youth.agree.why'), words('youth.agree.before'), ...onPaper(of)],
)}${points(words('youth.no.title'), [
  words('youth.no.questions'),
  words('youth.no.change'),
  html`${words('youth.no.how', { name })} <a href="mailto:${email}">${email}</a>`,
])}${points(words('youth.talk.title'), [words('youth.talk.wrong'), ...focalPoint(of), words('youth.talk.danger')])}<h2>${words('youth.keep.title')}</h2>
<p>${words('youth.keep', { date: forgottenOn(event, language) })}</p>
<p>${words('youth.more')} <a href="${inLanguage(privacyPath(event.id), language)}">${t('layout.privacy')}</a></p>`,
  });
}

/** The form that a guardian without e-mail signs, where there is someone to hand it to. */
function onPaper({ event: { id, safeguarding }, language, t, words }: NoticePage): Html[] {
  if (safeguarding === undefined) return [];
  const form = html`<a href="${inLanguage(consentFormPath(id), language)}">${t('young.paper.form')}</a>`;
  return [html`${words('youth.agree.paper', { name: safeguarding.name })} ${form}`];
}

function focalPoint({ event: { id, safeguarding }, language, t, words }: NoticePage): Html[] {
  if (safeguarding === undefined) return [];
  return [
    html`${words('youth.talk.contact', { name: safeguarding.name })} ${reach(safeguarding)}`,
    html`${words('youth.talk.report')} <a href="${inLanguage(reportPath(id), language)}">${t('report.link')}</a>`,
  ];
}

const STEPS = ['ask', 'guardian', 'answer', 'seat', 'chaperone'] as const;

const steps = ({ words }: NoticePage): Html => html`<h2>${words('youth.steps.title')}</h2>
<ol>${STEPS.map((step) => html`<li>${words(`youth.steps.${step}`)}</li>`)}</ol>
`;
