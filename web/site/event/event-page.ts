import type { AttendanceMode, EventDefinition, EventStatus, Resource, Section } from '../../../shared/event/event.ts';
import { isCalledOff, meetsInPerson, openModes, statusOf } from '../../../shared/event/event-standing.ts';
import type { WindowState } from '../../../shared/event/event-times.ts';
import { openSessions } from '../../../shared/event/sessions.ts';
import { dataBlock, type Html, html } from '../../../shared/kernel/html.ts';
import { localeFor } from '../../../shared/kernel/i18n/languages.ts';
import type { SiteTranslate } from '../../../shared/kernel/i18n/words.ts';
import { instantOf, localWithOffset } from '../../../shared/kernel/text/zoned-time.ts';
import { type EventContext, PREVIEW_PICTURE, page, type Sharing } from '../kernel/layout.ts';
import { delegationPath, eventPath, findPath, inLanguage, registerPath } from '../kernel/links.ts';
import { dayLine, instantLine, zoneLine } from '../kernel/text.ts';
import { otherWays } from '../registration/register-page.ts';
import { sessionList } from '../registration/session-list.ts';

/** When, where, how, for how much, by whom. */
function facts(event: EventDefinition<string>, language: string, t: SiteTranslate): Html {
  const { venue, days, modes, host, supporters } = event;
  const zone = zoneLine(event.timeZone, days, language, t);
  return html`<dl class="facts">
<dt>${t('event.when')}</dt><dd>${
    event.status === 'postponed'
      ? html`<p>${t('event.when.later')}</p>`
      : html`${days.map((day) => html`<p>${dayLine(day, language, t)}</p>`)}<p class="hint">${zone}</p>`
  }</dd>
<dt>${t('event.where')}</dt><dd>${
    meetsInPerson(event)
      ? html`<p>${venue.name}</p><p class="hint">${venue.address}</p>`
      : html`<p>${t('event.where.online')}</p>`
  }</dd>
<dt>${t('event.how')}</dt><dd>${modes.map((mode) => html`<p>${mode.title}</p>`)}</dd>
<dt>${t('event.cost')}</dt><dd>${t('event.cost.free')}</dd>
<dt>${t('event.host')}</dt><dd>${host}</dd>
${
  supporters.length > 0 &&
  html`<dt>${t('event.supporters')}</dt><dd>${supporters.map(({ title }) => html`<p>${title}</p>`)}</dd>
`
}</dl>
`;
}

const whoCanRegister = (event: EventDefinition<string>, t: SiteTranslate): Html =>
  html`<h2>${t('event.who')}</h2>
${groups(event, t)}`;

/** The stakeholder groups, as the form will offer them. */
const groups = ({ categories }: EventDefinition<string>, t: SiteTranslate): Html =>
  html`<p>${t('event.who.groups')}</p>
<ul>${categories.map(({ title, hint }) => html`<li>${title}${hint && html`<p class="hint">${hint}</p>`}</li>`)}</ul>
`;

/** The id of the section that says whom an event is for: the groups that can register stand in it, not under a heading of their own. */
const WHO_SHOULD_ATTEND = 'attend';

/** What the organisers say about the event, and who can register. */
function about(event: EventDefinition<string>, t: SiteTranslate): Html {
  const saysWho = event.about.some(({ id }) => id === WHO_SHOULD_ATTEND);
  return html`${event.about.map(
    (each) => html`${section(each)}${each.id === WHO_SHOULD_ATTEND && groups(event, t)}`,
  )}${!saysWho && whoCanRegister(event, t)}`;
}

const section = ({ title, paragraphs, points }: Section<string>): Html => html`<h2>${title}</h2>
${paragraphs.map((paragraph) => html`<p>${paragraph}</p>`)}${
  points.length > 0 && html`<ul>${points.map((point) => html`<li>${point}</li>`)}</ul>`
}
`;

/** The way to register, or when there will be or was one. */
function callToAction(event: EventDefinition<string>, language: string, t: SiteTranslate, state: WindowState): Html {
  const { opensAt, closesAt, closed = false } = event.registration;
  const when = (instant: string) => ({ when: instantLine(instant, event.timeZone, language, t) });
  if (state === 'not-open')
    return html`<p class="note">${closed ? t('event.register.not-open') : t('event.register.opens', when(opensAt))}</p>
`;
  if (state === 'closed')
    return html`<p class="note">${t('event.register.closed', when(closesAt))}</p>
`;
  return html`<p class="screen"><a class="button" href="${inLanguage(registerPath(event.id), language)}">${t('event.register')}</a></p>
<p class="hint">${t('event.register.only')} ${t('event.register.until', when(closesAt))}${
    event.minors === undefined && html` ${t('layout.adults-only')}`
  }</p>
`;
}

function resources(event: EventDefinition<string>, t: SiteTranslate): Html | undefined {
  if (event.resources.length === 0) return undefined;
  return html`<h2>${t('event.resources')}</h2>
<ul>${event.resources.map((each) => html`<li><a href="${each.url}">${each.title}</a><p class="hint">${source(each, t)}</p></li>`)}</ul>
`;
}

const source = ({ publisher, year }: Resource<string>, t: SiteTranslate): string =>
  year === undefined ? publisher : t('event.resource.source', { publisher, year: String(year) });

/** What anyone may know of the programme. */
function programme(event: EventDefinition<string>, language: string, t: SiteTranslate): Html | undefined {
  const sessions = openSessions(event);
  if (sessions.length === 0) return undefined;
  return html`<h2>${t('event.programme')}</h2>
${sessionList(event, sessions, language, t)}`;
}

interface ShownEvent extends EventContext {
  readonly siteUrl: string;
  /** Whether registration is open now. */
  readonly registration: WindowState;
}

/**
 * What search engines and assistants read of an event (https://schema.org/Event): nothing that the page does not say, but for the country of
 * the venue, by its ISO 3166-1 code.
 */
function schemaEvent({ event, language, registration, siteUrl }: ShownEvent): object | undefined {
  const { title, tagline, venue, days, host, timeZone, registration: window } = event;
  const [first, last] = [days[0], days.at(-1)];
  if (first === undefined || last === undefined) return undefined;
  const url = siteUrl + inLanguage(eventPath(event.id), language);
  const status = statusOf(event);
  const offered = openModes(event).map(({ id }) => id);
  // There is no date where an organiser is to open it.
  const isOffered = registration === 'open' || (registration === 'not-open' && !window.closed);
  return {
    '@context': 'https://schema.org',
    '@type': 'Event',
    name: title,
    description: tagline,
    inLanguage: language,
    url,
    image: [siteUrl + PREVIEW_PICTURE],
    startDate: localWithOffset(instantOf(first.date, first.start, timeZone), timeZone),
    endDate: localWithOffset(instantOf(last.date, last.end, timeZone), timeZone),
    eventStatus: `https://schema.org/${SCHEMA_STATUS[status]}`,
    eventAttendanceMode: `https://schema.org/${schemaMode(offered)}EventAttendanceMode`,
    location: offered.map((mode) =>
      mode === 'online'
        ? { '@type': 'VirtualLocation', url }
        : {
            '@type': 'Place',
            name: venue.name,
            address: { '@type': 'PostalAddress', streetAddress: venue.address, addressCountry: venue.country },
          },
    ),
    organizer: { '@type': 'Organization', name: host },
    isAccessibleForFree: true,
    ...(isOffered && {
      offers: {
        '@type': 'Offer',
        price: 0,
        // Of nothing it is the same in any.
        priceCurrency: 'USD',
        url: siteUrl + inLanguage(registerPath(event.id), language),
        validFrom: window.opensAt,
        validThrough: window.closesAt,
      },
    }),
  };
}

const SCHEMA_STATUS = {
  scheduled: 'EventScheduled',
  postponed: 'EventPostponed',
  cancelled: 'EventCancelled',
  'moved-online': 'EventMovedOnline',
} as const satisfies Record<EventStatus, string>;

function schemaMode(modes: readonly AttendanceMode[]): 'Offline' | 'Online' | 'Mixed' {
  if (!modes.includes('online')) return 'Offline';
  return modes.includes('in-person') ? 'Mixed' : 'Online';
}

/**
 * What a link to a page looks like where it is shared (https://ogp.me), with whole addresses. Personal pages have none: what is shown of their links is what
 * their titles say, and nothing of their holder (AU4).
 *
 * @param siteUrl `https://host`
 */
export const sharingOf =
  (siteUrl: string): Sharing =>
  ({ event, language, path, t }, title) => {
    if (event === undefined) return undefined;
    const said: readonly (readonly [property: string, content: string])[] = [
      ['type', 'website'],
      ['title', title],
      ['description', event.tagline],
      ['url', siteUrl + inLanguage(path, language)],
      ['image', siteUrl + PREVIEW_PICTURE],
      ['image:width', '1200'],
      ['image:height', '630'],
      ['image:alt', t('layout.preview')],
      ['locale', localeShared(language)],
      ...event.languages
        .filter((tag) => tag !== language)
        .map((tag) => ['locale:alternate', localeShared(tag)] as const),
    ];
    return html`<meta name="description" content="${event.tagline}">
${said.map(
  ([property, content]) => html`<meta property="og:${property}" content="${content}">
`,
)}<meta name="twitter:card" content="summary_large_image">`;
  };

/** With a country, as those who show links want it: `km_KH`. */
function localeShared(tag: string): string {
  const { language, region } = new Intl.Locale(localeFor(tag)).maximize();
  return `${language}_${region}`;
}

/** All that anyone may know about an event, with the way to register. */
export function eventPage(of: ShownEvent): string {
  const { event, language, t, registration } = of;
  const register = isCalledOff(event) ? undefined : callToAction(event, language, t, registration);
  return page({
    ...of,
    path: eventPath(event.id),
    title: event.title,
    index: true,
    sharing: sharingOf(of.siteUrl),
    hasProgramme: true,
    body: html`<h1>${event.title}</h1>
<p class="lead">${event.tagline}</p>
${[
  statusNote(event, t),
  register,
  otherWays(of, registration === 'open'),
  facts(event, language, t),
  about(event, t),
  !isCalledOff(event) && programme(event, language, t),
  resources(event, t),
]}${
  registration === 'open' &&
  html`<div class="screen"><h2>${t('register.title')}</h2>${register}<p><a href="${inLanguage(
    delegationPath(event.id),
    language,
  )}">${t('delegation.offer')}</a></p></div>`
}<p class="screen"><a href="${inLanguage(findPath(event.id), language)}">${t('find.link')}</a></p>
${
  registration === 'closed' &&
  html`<p class="screen"><a href="${inLanguage(delegationPath(event.id), language)}">${t('delegation.title')}</a></p>
`
}${dataBlock('application/ld+json', schemaEvent(of))}`,
  });
}

/** What became of an event, before anything else is read of it. */
export function statusNote(event: EventDefinition<string>, t: SiteTranslate): Html | undefined {
  const status = statusOf(event);
  if (status === 'scheduled') return undefined;
  return html`<p class="note"><b>${t(`event.status.${status}`)}</b></p>
`;
}
