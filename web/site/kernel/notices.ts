import type { EventDefinition } from '../../../shared/event/event.ts';
import { careDays, careEnd, MINUTE_DAYS, minutesEnd, retentionEnd } from '../../../shared/event/event-times.ts';
import { asksForNeeds } from '../../../shared/event/questions.ts';
import { type Html, html } from '../../../shared/kernel/html.ts';
import { formatDate, formatDay } from '../../../shared/kernel/i18n/formats.ts';
import type { NoticeTranslate } from '../../../shared/kernel/i18n/words.ts';
import { type Purpose, type PurposeKept, type Retention, SETTLED_DAYS } from '../../../shared/kernel/purposes.ts';
import { type EventPage, page } from './layout.ts';
import { findPath, inLanguage, youngPeoplePath } from './links.ts';
import { mailLink, points, readersText } from './text.ts';

/** What a page that tells anyone how an event treats them is made from. */
export interface NoticePage extends EventPage {
  /** The words that only such pages show. */
  readonly words: NoticeTranslate;
}

/** What is kept for one purpose: what, why, who sees it, how long. */
function purpose({ purpose, retentions }: PurposeKept, { event, language, t, words }: NoticePage): Html {
  const hasReaders = purpose === 'answers' && event.questions.some(({ readers }) => readers !== undefined);
  const told = retentions
    .filter((each) => each !== 'minutes' || areMinutesForgottenFirst(event))
    .map((each) => until(each, event, language, words));
  return html`<h3>${words(`privacy.${purpose}.title`)}</h3>
<dl class="facts">
<dt>${words('privacy.kept.what')}</dt><dd>${words(`privacy.${purpose}.what`)}${asked(purpose, event, language, t)}</dd>
<dt>${words('privacy.kept.why')}</dt><dd>${words(`privacy.${purpose}.why`)}</dd>
<dt>${words('privacy.kept.who')}</dt><dd>${words(`privacy.${purpose}.who`)}${hasReaders ? html` ${words('privacy.answers.readers')}` : undefined}</dd>
<dt>${words('privacy.kept.until')}</dt><dd>${[...new Set(told)].map((each) => html`<p>${each}</p>`)}</dd>
</dl>
`;
}

/** The event's own questions whose answers are kept for a purpose, each with who alone reads them where it says so. */
function asked(
  purpose: Purpose,
  { questions }: EventDefinition<string>,
  language: string,
  t: NoticePage['t'],
): Html | undefined {
  if (purpose !== 'answers' && purpose !== 'care') return undefined;
  const those = questions.filter(({ care = false }) => care === (purpose === 'care'));
  const lines = those.map(({ title, readers }) =>
    readers ? html`${title}<br>${readersText(readers, language, t)}` : title,
  );
  return lines.length === 0 ? undefined : html`<ul>${lines.map((line) => html`<li>${line}</li>`)}</ul>`;
}

const until = (
  retention: Retention,
  event: EventDefinition<string>,
  language: string,
  words: NoticeTranslate,
): string => {
  const { days = event.retention.registrationDays, end = retentionEnd(event) } = LIMITS[retention]?.(event) ?? {};
  return words(`privacy.until.${retention}`, { date: dayOf(end, event, language), days });
};

/** Days after the event, and the end in seconds since the epoch, where these are not those of all registrations. */
const LIMITS: Partial<
  Record<Retention, (event: EventDefinition<string>) => { readonly days: number; readonly end?: number }>
> = {
  settled: () => ({ days: SETTLED_DAYS }),
  care: (event) => ({ days: careDays(event), end: careEnd(event) }),
  minutes: (event) => ({ days: MINUTE_DAYS, end: minutesEnd(event).getTime() / 1000 }),
  month: (event) => {
    const end = Math.min(minutesEnd(event).getTime() / 1000, retentionEnd(event));
    return { days: Math.min(MINUTE_DAYS, event.retention.registrationDays), end };
  },
};

/** Where all of it is forgotten by then, nothing is left of which a day could stay. */
const areMinutesForgottenFirst = (event: EventDefinition<string>): boolean =>
  minutesEnd(event).getTime() / 1000 < retentionEnd(event);

/** The day on which everything about an event's attendees is forgotten. */
export const forgottenOn = (event: EventDefinition<string>, language: string): string =>
  dayOf(retentionEnd(event), event, language);

/** @param seconds since the epoch */
const dayOf = (seconds: number, { timeZone }: EventDefinition<string>, language: string): string =>
  formatDay(new Date(seconds * 1000), language, timeZone);

interface PrivacyPage extends NoticePage {
  /** Every purpose that something is stored for, from what is declared beside the schemas. */
  readonly kept: readonly PurposeKept[];
}

/** What is kept of people, why, for how long, and what they can do about it (CS18). */
export function privacyPage(of: PrivacyPage): string {
  const { event, language, t, words, path, kept } = of;
  const { name, email } = event.secretariat;
  return page({
    ...of,
    title: t('layout.privacy'),
    index: true,
    body: html`<h1>${t('layout.privacy')}</h1>
<p class="lead">${words('privacy.lead')}</p>
<h2>${words('privacy.controller.title')}</h2>
<p>${words('privacy.controller', { host: event.host, secretariat: name })} ${mailLink(email)}</p>
<h2>${words('privacy.kept.title')}</h2>
${kept.filter(({ purpose }) => HAS[purpose]?.(event) ?? true).map((each) => purpose(each, of))}${points(
  words('privacy.rights.title'),
  [
    html`${words('privacy.rights.see')} <a href="${inLanguage(findPath(event.id), language)}">${t('find.link')}</a>`,
    words('privacy.rights.correct'),
    words('privacy.rights.withdraw'),
    words('privacy.rights.complain'),
  ],
)}${points(words('privacy.not.title'), [
  words('privacy.not.tracking'),
  words('privacy.not.cookies'),
  words('privacy.not.sold'),
])}<h2>${words('privacy.where.title')}</h2>
<p>${words('privacy.where')}</p>
${children({ event, language, t, words, path })}`,
  });
}

/** What an event has where anything is kept for a purpose: it has all others (EV3). */
const HAS: Partial<Record<Purpose, (event: EventDefinition<string>) => boolean>> = {
  guardian: ({ minors }) => minors !== undefined,
  chaperone: ({ minors }) => minors !== undefined,
  feedback: ({ feedback }) => feedback !== undefined,
  answers: ({ questions }) => questions.some(({ care }) => !care),
  care: asksForNeeds,
  consents: ({ consents }) => consents.length > 0,
};

const children = ({ event, language, t, words }: NoticePage): Html =>
  event.minors === undefined
    ? html`<p>${t('layout.adults-only')}</p>`
    : html`<h2>${words('privacy.children.title')}</h2>
<p>${words('privacy.children')} <a href="${inLanguage(youngPeoplePath(event.id), language)}">${t('layout.young-people')}</a></p>`;

/** When someone last compared the statement with the site: change it with the words. */
const REVIEWED = '2026-11-25';

/** What the site promises to people with disabilities, what was tested, what was not, and whom to write to. */
export function accessibilityPage(of: NoticePage): string {
  const { event, language, t, words } = of;
  const { name, email } = event.secretariat;
  return page({
    ...of,
    title: t('layout.accessibility'),
    index: true,
    body: html`<h1>${t('layout.accessibility')}</h1>
<p class="lead">${words('accessibility.lead')}</p>
${points(words('accessibility.made.title'), [
  words('accessibility.made.keyboard'),
  words('accessibility.made.zoom'),
  words('accessibility.made.colours'),
  words('accessibility.made.time'),
])}${points(words('accessibility.tested.title'), [
  words('accessibility.tested.rules'),
  words('accessibility.tested.keyboard'),
  words('accessibility.tested.zoom'),
])}${points(words('accessibility.not.title'), [
  words('accessibility.not.people'),
  words('accessibility.not.easy'),
  words('accessibility.not.others'),
])}<h2>${words('accessibility.tell.title')}</h2>
<p>${words('accessibility.tell', { name })} ${mailLink(email)}</p>
<p class="hint">${words('accessibility.reviewed', { date: formatDate(REVIEWED, language) })}</p>`,
  });
}
