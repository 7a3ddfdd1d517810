import type { Consent } from '../../../shared/event/event.ts';
import { type Html, html } from '../../../shared/kernel/html.ts';
import { MOST_ADULTS } from '../../../shared/minors/handover/handover.ts';
import { page, reach } from '../kernel/layout.ts';
import type { NoticePage } from '../kernel/notices.ts';
import { dayLine } from '../kernel/text.ts';

/** What a parent or guardian who has no e-mail signs on paper (CS3): the same consents, each for itself. It names nobody. */
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
${row(t('event.where'), event.venue.name)}${row(
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
