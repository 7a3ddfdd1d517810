import type { Consent } from '../../../shared/event/event.ts';
import { meetsInPerson } from '../../../shared/event/event-standing.ts';
import { type Html, html } from '../../../shared/kernel/html.ts';
import { MOST_ADULTS } from '../../../shared/minors/handover/handover.ts';
import { page, reach } from '../kernel/layout.ts';
import { consentFormPath, inLanguage, privacyPath, reportPath } from '../kernel/links.ts';
import { forgottenOn, type NoticePage } from '../kernel/notices.ts';
import { dayLine, mailLink, points } from '../kernel/text.ts';

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
  html`${words('youth.no.how', { name })} ${mailLink(email)}`,
])}${points(words('youth.talk.title'), [words('youth.talk.wrong'), ...focalPoint(of), words('youth.talk.danger')])}<h2>${words('youth.keep.title')}</h2>
<p>${words('youth.keep', { date: forgottenOn(event, language) })}</p>
<p>${words('youth.more')} <a href="${inLanguage(privacyPath(event.id), language)}">${t('layout.privacy')}</a></p>`,
  });
}

/** The form that a guardian without email signs, where there is someone to hand it to. */
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

/** What a parent or guardian who has no email signs on paper (CS3): the same consents, each for itself. It names nobody. */
export function consentFormPage(of: NoticePage): string {
  const { event, language, t, words } = of;
  const { safeguarding } = event;
  return page({
    ...of,
    title: words('paper.title'),
    body: html`<p class="note screen">${words('paper.print')}</p>
<article class="sheet">
<h1>${words('paper.title')}</h1>
<p>${words('paper.intro', { event: event.title })}</p>
<dl class="facts">
${row(t('event.where'), meetsInPerson(event) ? event.venue.name : t('event.where.online'))}${row(
  t('event.when'),
  html`${event.days.map((day) => html`<p>${dayLine(day, language, t)}</p>`)}`,
)}${row(t('event.host'), event.host)}</dl>
${[
  line(words('paper.young')),
  line(words('paper.reference')),
  event.minors?.consents.map((consent) => oneConsent(of, consent)),
  leaving(of),
]}<section>
<h2>${words('paper.signature')}</h2>
${line(words('paper.name'))}${line(words('paper.phone'))}${line(words('paper.date'))}${line(words('paper.sign'))}${
  safeguarding &&
  html`<p>${words('paper.return', { name: safeguarding.name })} ${reach(safeguarding)}</p>
`
}<p>${words('paper.after')}</p>
</section>
</article>`,
  });
}

function oneConsent({ words }: NoticePage, { title, version, required, agreement, points }: Consent<string>): Html {
  return html`<section>
<h2>${title}</h2>
<p class="hint">${words('paper.version', { version })}</p>
${
  points.length > 0 && html`<ul>${points.map((point) => html`<li>${point}</li>`)}</ul>`
}<p class="hint">${words(required ? 'paper.required' : 'paper.choice')}</p>
<p class="box">${agreement}</p>
</section>
`;
}

/** How the young person leaves: the safeguarding desk notes it from here (CS24). */
const leaving = ({ words }: NoticePage): Html => html`<section>
<h2>${words('paper.handover.title')}</h2>
<p>${words('paper.handover.text')}</p>
<p class="box">${words('paper.handover.alone')}</p>
${Array.from({ length: MOST_ADULTS }, (_, index) =>
  line(words('paper.handover.adult', { number: index + 1 })),
)}${line(words('paper.handover.never'))}<p class="hint">${words('paper.handover.code')}</p>
</section>
`;

/** A line to write on. */
const line = (label: string): Html => html`<p class="blank">${label}</p>
`;

const row = (label: string, value: string | Html): Html => html`<dt>${label}</dt><dd>${value}</dd>
`;
