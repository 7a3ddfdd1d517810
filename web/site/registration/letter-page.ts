import { type Html, html } from '../../../shared/kernel/html.ts';
import { formatDay } from '../../../shared/kernel/i18n/formats.ts';
import { countryName } from '../../../shared/kernel/text/countries.ts';
import { displayReference } from '../../../shared/kernel/text/reference.ts';
import type { Registration } from '../../../shared/registration/registration.schema.ts';
import { type EventPage, page } from '../kernel/layout.ts';
import { inLanguage } from '../kernel/links.ts';
import { dayLine } from '../kernel/text.ts';

/** At `/m/{token}/letter`. */
export interface LetterPage extends EventPage {
  readonly registration: Pick<
    Registration,
    'reference' | 'honorific' | 'fullName' | 'nativeName' | 'position' | 'organisation' | 'country' | 'mode' | 'days'
  >;
  /** The date of the letter. */
  readonly now: Date;
}

/**
 * An invitation letter, to print: who is invited to what, by whom, and how anyone can verify it. Numbers of passports
 * belong on the forms of those who ask for them; nobody here needs them.
 */
export function letterPage(of: LetterPage): string {
  const { event, registration, language, t, path, now } = of;
  const { name, email } = event.secretariat;
  const who = [registration.honorific, registration.fullName].filter(Boolean).join(' ');
  const reference = displayReference(registration.reference);
  return page({
    ...of,
    title: t('letter.title'),
    body: html`<p class="screen"><a href="${inLanguage(path.replace(/\/letter$/, ''), language)}">${t('join.back')}</a></p>
<p class="note screen">${t('letter.print')}</p>
<article class="letter">
<p>${event.host}<br>${name}<br>${email}</p>
<p>${formatDay(now, language, event.timeZone)}</p>
<h1>${t('letter.title')}</h1>
<p>${t('letter.greeting')}</p>
<p>${t(`letter.invites.${registration.mode}`, { who, event: event.title, host: event.host })}</p>
${facts(of, who, reference)}<p>${t('letter.free')}</p>
<p>${t('letter.verify', { name, email, reference })}</p>
<p>${name}<br>${event.title}</p>
</article>`,
  });
}

function facts({ event, registration, language, t }: LetterPage, who: string, reference: string): Html {
  const { nativeName, position, organisation, country, days, mode } = registration;
  const { venue } = event;
  const attended = event.days.filter(({ id }) => days.includes(id));
  const place = mode === 'in-person' ? [venue.name, venue.address] : [event.modes.find(({ id }) => id === mode)?.title];
  const rows: [string, readonly (string | undefined)[]][] = [
    [t('register.fullName.label'), [who, nativeName]],
    [t('register.position.label'), [position]],
    [t('register.organisation.label'), [organisation]],
    [t('register.country.label'), [countryName(country, language, event.countries)]],
    [t('letter.event'), [event.title]],
    [t('event.when'), attended.map((day) => dayLine(day, language, t))],
    [t('event.where'), place],
    [t('event.host'), [event.host]],
    [t('manage.reference'), [reference]],
  ];
  return html`<dl class="facts">${rows.map(
    ([label, lines]) => html`<dt>${label}</dt><dd>${lines.map((line) => line && html`<p>${line}</p>`)}</dd>
`,
  )}</dl>
`;
}
