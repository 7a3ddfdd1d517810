import { hasYes } from '../../../shared/event/consents.ts';
import type { Consent } from '../../../shared/event/event.ts';
import { isCalledOff, meetsInPerson } from '../../../shared/event/event-standing.ts';
import { type Html, html } from '../../../shared/kernel/html.ts';
import type { SiteTranslate } from '../../../shared/kernel/i18n/words.ts';
import type { Handover } from '../../../shared/minors/consent/guardian.schema.ts';
import { adultPath, MOST_ADULTS } from '../../../shared/minors/handover/handover.ts';
import type { Registration } from '../../../shared/registration/registration.schema.ts';
import type { AgreedConsent } from '../../../shared/registration/self-service.schema.ts';
import { statusNote } from '../event/event-page.ts';
import { choices, type FieldProblem, type FormState, type FormValues, formPage, textInput } from '../kernel/form.ts';
import { type EventPage, reach } from '../kernel/layout.ts';
import { eventPath, inLanguage, privacyPath } from '../kernel/links.ts';
import { dayLine, instantLine, points } from '../kernel/text.ts';
import { agreedTo } from '../registration/agreed-consents.ts';
import { oneConsent } from '../registration/register/taking-part.ts';

/** At `/g/{token}`. */
export interface ConsentPage extends EventPage {
  readonly registration: Pick<Registration, 'fullName' | 'minor'>;
  /** How the minor leaves: the code that the adult who fetches them says, and what the guardian said; nothing before they agreed. */
  readonly handover?: ShownHandover | undefined;
  /** What they agreed to, in the words of then. */
  readonly agreedConsents: readonly AgreedConsent[];
  readonly values: FormValues;
  readonly problems: readonly FieldProblem[];
}

/** What a parent or guardian is asked, or what they have agreed to and how to take it back (CS3, CS6). */
export function consentPage(of: ConsentPage): string {
  const { guardianConsents } = of.registration.minor ?? {};
  return guardianConsents ? agreed(of, guardianConsents) : asking(of);
}

function asking(of: ConsentPage): string {
  const { event, registration, language, t, path, values, problems } = of;
  const { fullName: name, minor } = registration;
  const answerBy = minor?.answerBy;
  const form: FormState = { t, values, problems };
  const consents = event.minors?.consents ?? [];
  const labels = new Map([
    ...consents.map((consent) => [`consents.${consent.id}`, consent.title] as const),
    ['phone', t('guardian.phone.label')],
  ]);
  return formPage(of, {
    form,
    title: t('guardian.title'),
    labels,
    body: html`${statusNote(event, t)}<p class="lead">${t('guardian.intro', { name, event: event.title })}</p>
${facts(of)}${points(t('guardian.what.title'), [
  t('guardian.what.agree'),
  t('guardian.what.refuse'),
  ...(answerBy === undefined
    ? []
    : [t('guardian.what.silence', { date: instantLine(answerBy, event.timeZone, language, t) })]),
  t('guardian.what.kept'),
])}<p>${t('guardian.privacy')} <a href="${inLanguage(privacyPath(event.id), language)}">${t('layout.privacy')}</a></p>
${focalPoint(of, 'guardian.talk')}<h2>${t('guardian.consents.title')}</h2>
<form method="post" action="${inLanguage(path, language)}" novalidate>
${consents.map((consent) =>
  oneConsent(form, consent, consent.required ? undefined : t('guardian.optional')),
)}${phoneField(form)}<button type="submit" name="action" value="agree">${t('guardian.agree')}</button>
</form>
<form method="post" action="${inLanguage(path, language)}">
<h2>${t('guardian.refuse.title')}</h2>
<p>${t('guardian.refuse.text')}</p>
<button class="danger" type="submit" name="action" value="refuse">${t('guardian.refuse')}</button>
</form>`,
  });
}

function agreed(of: ConsentPage, consents: Readonly<Record<string, string>>): string {
  const { event, registration, language, t, path, values, problems } = of;
  const { fullName: name } = registration;
  const answered = (consent: Consent<string>): Html => {
    const answer = t(hasYes(consent, consents) ? 'register.yes' : 'register.no');
    const given = of.agreedConsents.find((each) => each.of === 'guardian' && each.id === consent.id);
    const words = given && agreedTo({ event, language, t }, given);
    return html`<dt>${given?.words?.title ?? consent.title}</dt><dd>${words ? html`<p>${answer}</p>${words}` : answer}</dd>
`;
  };
  return formPage(of, {
    form: { t, values, problems },
    title: t('guardian.agreed.title'),
    labels: new Map([
      ...(event.minors?.consents ?? []).map(({ id, title }): [string, string] => [`consents.${id}`, title]),
      ['phone', t('guardian.phone.label')],
      ...handoverLabels(t),
    ]),
    body: html`${statusNote(event, t)}<p class="lead">${t('guardian.agreed.intro', { name, event: event.title })}</p>
${
  !isCalledOff(event) &&
  html`<p>${t('guardian.agreed.next', { name })}</p>
`
}<h2>${t('guardian.agreed.to')}</h2>
<dl class="facts">
${event.minors?.consents.map(answered)}</dl>
${[
  askedAnew(of, consents),
  of.handover && handoverSection(of, of.handover),
  optionalGiven(of, consents),
  focalPoint(of, 'guardian.agreed.talk'),
  otherPhone(of),
]}<details class="screen">
<summary>${t('guardian.withdraw.title')}</summary>
<p>${t('guardian.withdraw.text', { name })}</p>
<form method="post" action="${inLanguage(path, language)}">
<button class="danger" type="submit" name="action" value="withdraw">${t('guardian.withdraw.button')}</button>
</form>
</details>`,
  });
}

/** Consents whose words mean more than what they agreed to: until they say yes anew, what they said counts no longer (PW2). */
function askedAnew(of: ConsentPage, given: Readonly<Record<string, string>>): Html | undefined {
  const { event, language, t, path, values, problems } = of;
  const asked = (event.minors?.consents ?? []).filter(
    (consent) => !hasYes(consent, given) && (consent.required || Object.hasOwn(given, consent.id)),
  );
  const form: FormState = { t, values, problems };
  return asked.length === 0
    ? undefined
    : html`<h2>${t('agreed.anew.title')}</h2>
<p>${t('agreed.anew.text')}</p>
<form class="screen" method="post" action="${inLanguage(path, language)}" novalidate>
${asked.map((consent) =>
  oneConsent(form, consent, consent.required ? undefined : t('guardian.optional')),
)}<button type="submit" name="action" value="agree">${t('agreed.anew.button')}</button>
</form>
`;
}

const phoneField = (form: FormState): Html =>
  textInput(form, {
    path: 'phone',
    label: form.t('guardian.phone.label'),
    hint: form.t('guardian.phone.hint'),
    type: 'tel',
    autocomplete: 'tel',
  });

/** To replace the number for an emergency; the page does not show the one that is kept. */
const otherPhone = ({ language, t, path, values, problems }: ConsentPage): Html => html`<details class="screen"${
  problems.some(({ path }) => path === 'phone') && html` open`
}>
<summary>${t('guardian.phone.change')}</summary>
<form method="post" action="${inLanguage(path, language)}" novalidate>
${phoneField({ t, values, problems })}<button type="submit" name="action" value="change-phone">${t('guardian.phone.keep')}</button>
</form>
</details>
`;

/** What can be taken back alone. */
const optionalGiven = ({ event, language, t, path }: ConsentPage, given: Readonly<Record<string, string>>): Html[] =>
  (event.minors?.consents ?? [])
    .filter((consent) => !consent.required && hasYes(consent, given))
    .map(
      ({ id, title }) => html`<form class="screen" method="post" action="${inLanguage(path, language)}">
<p>${t('guardian.take-back.text')}</p>
<input type="hidden" name="consent" value="${id}">
<button class="second" type="submit" name="action" value="take-back">${t('guardian.take-back', { title })}</button>
</form>
`,
    );

function facts({ event, registration, language, t }: ConsentPage): Html {
  const row = (label: string, value: string | Html): Html => html`<dt>${label}</dt><dd>${value}</dd>
`;
  return html`<dl class="facts">
${row(t('guardian.facts.who'), registration.fullName)}${row(
  t('guardian.facts.event'),
  html`<a href="${inLanguage(eventPath(event.id), language)}">${event.title}</a>`,
)}${row(
  t('guardian.facts.when'),
  html`${event.days.map((day) => html`<p>${dayLine(day, language, t)}</p>`)}`,
)}${row(t('guardian.facts.where'), meetsInPerson(event) ? event.venue.name : t('event.where.online'))}${row(t('guardian.facts.host'), event.host)}</dl>
`;
}

const focalPoint = (
  { event: { safeguarding }, t }: ConsentPage,
  words: 'guardian.talk' | 'guardian.agreed.talk',
): Html | undefined =>
  safeguarding &&
  html`<p>${t(words, { name: safeguarding.name })} ${reach(safeguarding)}</p>
`;

/** How a minor leaves, as their guardian's page shows it. */
interface ShownHandover {
  /** Six digits. */
  readonly code: string;
  /** Too many wrong ones were tried. */
  readonly isLocked: boolean;
  readonly said: Handover | undefined;
}

interface LeavingContext extends EventPage {
  readonly registration: Pick<Registration, 'fullName'>;
  readonly values: FormValues;
  readonly problems: readonly FieldProblem[];
}

const PATHS = Array.from({ length: MOST_ADULTS }, (_, index) => adultPath(index));

/** With whom the minor may leave, and the code that the adult who fetches them says (CS24). */
function handoverSection(of: LeavingContext, { code, isLocked, said }: ShownHandover): Html {
  const { event, registration, language, t, path, values, problems } = of;
  const { fullName: name } = registration;
  const form: FormState = { t, values: Object.hasOwn(values, 'handover.never') ? values : saidValues(said), problems };
  const desk = event.safeguarding?.name ?? t('handover.desk');
  return html`<h2>${t('handover.title', { name })}</h2>
<p>${t('handover.text', { name, desk })}</p>
<p>${t('handover.code', { name })} <b class="code">${code.slice(0, 3)} ${code.slice(3)}</b></p>
<p>${t(isLocked ? 'handover.code.locked' : 'handover.code.text')}</p>
<form class="screen" method="post" action="${inLanguage(path, language)}">
<button class="second" type="submit" name="action" value="replace-code">${t('handover.code.replace')}</button>
</form>
<form class="screen" method="post" action="${inLanguage(path, language)}" novalidate>
${choices(form, {
  path: 'handover.alone',
  type: 'radio',
  label: t('handover.alone.label', { name }),
  choices: [
    { value: 'no', label: t('handover.alone.no') },
    { value: 'yes', label: t('handover.alone.yes') },
  ],
})}${PATHS.map((each, index) =>
  textInput(form, {
    path: each,
    label: t('handover.adult.label', { number: index + 1 }),
    ...(index === 0 && { hint: t('handover.adult.hint') }),
    optional: true,
  }),
)}${textInput(form, {
  path: 'handover.never',
  label: t('handover.never.label'),
  hint: t('handover.never.hint'),
  optional: true,
})}<button type="submit" name="action" value="say-handover">${t('handover.save')}</button>
</form>
<p>${t(said === undefined ? 'handover.nothing-said' : 'handover.said', { name })}</p>
`;
}

const handoverLabels = (t: SiteTranslate): [string, string][] => [
  ['handover.alone', t('handover.alone.short')],
  ...PATHS.map((path, index): [string, string] => [path, t('handover.adult.label', { number: index + 1 })]),
  ['handover.never', t('handover.never.label')],
];

function saidValues(said: Handover | undefined): FormValues {
  if (said === undefined) return {};
  const adults = said.adults.map((name, index) => [adultPath(index), [name]] as const);
  return {
    'handover.alone': [said.alone ? 'yes' : 'no'],
    ...Object.fromEntries(adults),
    ...(said.never !== undefined && { 'handover.never': [said.never] }),
  };
}
