import type { CallableNumber } from '../../../shared/event/event.ts';
import { type Html, html } from '../../../shared/kernel/html.ts';
import type { ProofChallenge } from '../../../shared/kernel/proof.schema.ts';
import { displayReference } from '../../../shared/kernel/text/reference.ts';
import { choices, type FieldProblem, type FormState, type FormValues, formPage, textInput } from '../kernel/form.ts';
import { type EventPage, page, reach } from '../kernel/layout.ts';
import { eventPath, inLanguage } from '../kernel/links.ts';

export interface ReportPage extends EventPage {
  readonly values: FormValues;
  readonly problems: readonly FieldProblem[];
  /** Solved beside the page, if its browser can: nobody waits for it, and the form is taken without. */
  readonly challenge: ProofChallenge;
}

/** Where a reader who is watched goes at once, unless the event says so: a page that everyone may have opened. */
const ELSEWHERE = 'https://www.wikipedia.org/';

/** Tells those who read reports, without signing in and without a name (CS17). */
export function reportPage(of: ReportPage): string {
  const { event, language, t, path, values, problems, challenge } = of;
  const form: FormState = { t, values, problems };
  const title = t('report.title');
  const hasDeputy = event.safeguarding?.deputy !== undefined;
  const labels = new Map([
    ['what', t('report.what.label')],
    ['contact', t('report.reach.label')],
  ]);
  return formPage(of, {
    form,
    title,
    labels,
    hasChallenge: true,
    body: html`${leave(of)}<p class="lead">${t('report.intro')}</p>
${inDanger(of)}${focalPoint(of)}<p>${t(hasDeputy ? 'report.read.deputy' : 'report.read')}</p>
<form method="post" action="${inLanguage(path, language)}" novalidate>
<input type="hidden" name="proof" data-challenge="${JSON.stringify(challenge)}" data-beside>
${[
  textInput(form, { path: 'what', label: t('report.what.label'), hint: t('report.what.hint'), long: true }),
  hasDeputy && aboutOrganiser(form),
  textInput(form, { path: 'contact', label: t('report.reach.label'), hint: t('report.reach.hint'), optional: true }),
]}<button type="submit">${t('report.send')}</button>
</form>`,
  });
}

const aboutOrganiser = (form: FormState): Html =>
  choices(form, {
    path: 'aboutOrganiser',
    type: 'checkbox',
    label: form.t('report.about-organiser.question'),
    optional: true,
    choices: [
      { value: 'yes', label: form.t('report.about-organiser.label'), hint: form.t('report.about-organiser.hint') },
    ],
  });

export function reportSentPage(of: EventPage & { readonly reference: string }): string {
  const { event, language, t, reference } = of;
  return page({
    ...of,
    title: t('report.sent.title'),
    // There is nothing to be proven any more; leaving is in the same script.
    hasChallenge: true,
    body: html`${leave(of)}<h1>${t('report.sent.title')}</h1>
<p class="lead">${t(event.safeguarding === undefined ? 'report.sent.nobody' : 'report.sent.text')}</p>
<p>${t('report.sent.reference')} <span class="code">${displayReference(reference)}</span></p>
${focalPoint(of)}${inDanger(of)}<p><a href="${inLanguage(eventPath(event.id), language)}">${t('event.back')}</a></p>`,
  });
}

/** Always in reach of a thumb; a script also keeps the page out of the history. */
const leave = ({ event: { safeguarding }, t }: EventPage): Html =>
  html`<p class="leave"><a class="button" href="${safeguarding?.leaveTo ?? ELSEWHERE}" rel="noreferrer" data-leave>${t(
    'report.leave',
  )}</a></p>
`;

const inDanger = ({ event: { safeguarding }, t }: EventPage): Html =>
  html`<p><b>${t('report.danger')}</b></p>
${numbers(t('report.emergency'), safeguarding?.emergencyNumbers)}${numbers(t('report.helplines'), safeguarding?.helplines)}`;

const numbers = (label: string, all: readonly CallableNumber<string>[] | undefined): Html | undefined =>
  all &&
  html`<p>${label}</p>
<ul>${all.map(({ title, phone }) => html`<li>${title}: <a href="tel:${phone.replaceAll(' ', '')}">${phone}</a></li>`)}</ul>
`;

const focalPoint = ({ event: { safeguarding }, t }: EventPage): Html | undefined =>
  safeguarding &&
  html`<p>${t('report.contact', { name: safeguarding.name })} ${reach(safeguarding)}</p>
`;
