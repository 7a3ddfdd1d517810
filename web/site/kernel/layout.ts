import type { EventDefinition } from '../../../shared/event/event.ts';
import { type Html, html } from '../../../shared/kernel/html.ts';
import { languageName } from '../../../shared/kernel/i18n/formats.ts';
import { byTag } from '../../../shared/kernel/i18n/languages.ts';
import type { SiteTranslate } from '../../../shared/kernel/i18n/words.ts';
import {
  accessibilityPath,
  eventPath,
  inLanguage,
  LICENCES_PATH,
  privacyPath,
  reportPath,
  youngPeoplePath,
} from './links.ts';
import { mailLink } from './text.ts';

/** What any part of an event's pages is made from. */
export interface EventContext {
  readonly event: EventDefinition<string>;
  readonly language: string;
  readonly t: SiteTranslate;
}

/** What every page of an event is made from. */
export interface EventPage extends EventContext {
  readonly sharing?: Sharing | undefined;
  /** The page's own address, without its query: where its form is sent to. */
  readonly path: string;
}

/** Makes it of a page, and of its title in full. */
export type Sharing = (page: Page, title: string) => Html | undefined;

export interface Page {
  readonly language: string;
  /** BCP 47 tags of every language the page exists in, where these are not the event's. */
  readonly languages?: readonly string[];
  readonly t: SiteTranslate;
  /** The page's own address, without its query. */
  readonly path: string;
  /** Of personal pages: neutral, since titles stay in histories and link previews. */
  readonly title: string;
  readonly body: Html;
  /** Whose page it is: names the site in the header and whom to write to; absent where no event is known. */
  readonly event?: EventDefinition<string> | undefined;
  /** Whether search engines may list the page; personal pages never. */
  readonly index?: boolean;
  /** What its link looks like where it is shared, of a page that may be listed. */
  readonly sharing?: Sharing | undefined;
  /** A form and nothing to read beside it: its first view does without what other pages have. */
  readonly formOnly?: boolean;
  /** Whether times of sessions stand on it, beside which a script puts the reader's own. */
  readonly hasProgramme?: boolean;
  /** Whether the browser has a challenge to solve before its form is taken. */
  readonly hasChallenge?: boolean;
  /** Whether it is about feedback: the browser then proves that its reader attended. */
  readonly hasFeedback?: boolean;
}

/** A whole HTML document. */
export function page(of: Page): string {
  const { language, t, event, languages = event?.languages ?? [] } = of;
  // Nobody is to find one who was not sent there, or to share it as the real event.
  const isListed = of.index && !event?.rehearsal;
  const title = event && of.title !== event.title ? `${of.title} - ${event.title}` : of.title;
  return html`<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${title}</title>
${isListed ? of.sharing?.(of, title) : html`<meta name="robots" content="noindex">`}
<link rel="icon" href="/favicon.svg">
<link rel="stylesheet" href="${ASSETS.css}">
${!of.formOnly && html`<link rel="stylesheet" href="${ASSETS.pagesCss}">`}
${ASSETS.fontCss[language] && html`<link rel="stylesheet" href="${ASSETS.fontCss[language]}">`}
<script src="${ASSETS.js}" defer></script>
${of.hasProgramme && html`<script src="${ASSETS.ownTimeJs}" defer></script>`}
${of.hasChallenge && html`<script src="${ASSETS.proveJs}" defer></script>`}
${of.hasFeedback && html`<script src="${ASSETS.feedbackJs}" defer></script>`}
</head>
<body>
<a class="skip" href="#main">${t('layout.skip')}</a>
<header>${event?.rehearsal && html`<p class="rehearsal">${t('layout.rehearsal')}</p>`}<div class="bar">
${brand(of)}
${languages.length > 1 && languageSwitch(languages, of)}
</div></header>
<main id="main" tabindex="-1">
${of.body}
</main>
${event && footer(event, language, t, of.formOnly)}
</body>
</html>`.markup;
}

function brand({ event, language, t }: Page): Html {
  if (event === undefined) return html`<p class="brand">${t('site.name')}</p>`;
  return html`<p class="brand"><a href="${inLanguage(eventPath(event.id), language)}">${event.title}</a></p>`;
}

/** To every other language: the page itself shows which one it is in. */
function languageSwitch(languages: readonly string[], { language, path, t }: Page): Html {
  const others = languages.filter((tag) => tag !== language);
  return html`<nav class="links" aria-label="${t('layout.languages')}">${others.map(
    (tag) => html`<a href="${inLanguage(path, tag)}" lang="${tag}" hreflang="${tag}">${languageName(tag)}</a>`,
  )}</nav>`;
}

/** Whom to write to, whom to tell about a child in danger (CS17), and what the site says about itself. */
function footer(event: EventDefinition<string>, language: string, t: SiteTranslate, formOnly?: boolean): Html {
  const { name, email } = event.secretariat;
  const link = (path: string, label: string): Html => html`<a href="${inLanguage(path, language)}">${label}</a>`;
  return html`<footer><div class="bar">
<p>${t('layout.contact', { name })} ${mailLink(email)}</p>
${safeguarding(event, t)}<nav class="links" aria-label="${t('layout.about')}">${[
    link(privacyPath(event.id), t('layout.privacy')),
    event.minors && link(youngPeoplePath(event.id), t('layout.young-people')),
    link(reportPath(event.id), t('report.link')),
    link(accessibilityPath(event.id), t('layout.accessibility')),
    !formOnly && html`<a href="${LICENCES_PATH}">${t('layout.licences')}</a>`,
  ]}</nav>
</div></footer>`;
}

/** The safeguarding focal point, where the event has one. */
function safeguarding({ safeguarding: contact }: EventDefinition<string>, t: SiteTranslate): Html | undefined {
  return (
    contact &&
    html`<p>${t('layout.safeguarding', { name: contact.name })} ${reach(contact)}</p>
`
  );
}

/** How to reach a focal point: an address and, where there is one, a number to call. */
export const reach = ({ email, phone }: NonNullable<EventDefinition<string>['safeguarding']>): Html =>
  html`${mailLink(email)}${phone && html`<br><a href="tel:${phone.replaceAll(' ', '')}">${phone}</a>`}`;

/** Addresses of the files that pages load. */
interface Assets {
  readonly js: string;
  /** Puts the reader's own time beside a programme's. */
  readonly ownTimeJs: string;
  /** Solves the challenge of a form of an event under attack. */
  readonly proveJs: string;
  /** Proves that the sender of feedback attended, and not who they are. */
  readonly feedbackJs: string;
  readonly css: string;
  /** What only pages to be read need, besides. */
  readonly pagesCss: string;
  /** The picture beside links that are shared: PNG, 1200 by 630, since few show SVG. */
  readonly preview: string;
  /** The font of a language that many systems have none for, linked on its pages only. */
  readonly fontCss: Readonly<Record<string, string | undefined>>;
  /** The script of the form by language, loaded once the form is there. */
  readonly formJs: Readonly<Record<string, string>>;
  /** That of a delegation's form. */
  readonly peopleJs: Readonly<Record<string, string>>;
}

/** Set by the bundler to the content-hashed addresses, as JSON; unknown where sources run unbundled, as in tests. */
declare const __ASSETS__: string | undefined;

const ASSETS: Assets =
  typeof __ASSETS__ === 'undefined'
    ? {
        js: '/assets/site.js',
        ownTimeJs: '/assets/own-time.js',
        proveJs: '/assets/prove.js',
        feedbackJs: '/assets/feedback.js',
        css: '/assets/site.css',
        pagesCss: '/assets/pages.css',
        preview: '/assets/preview.png',
        fontCss: byTag(({ font }) => font && `/assets/${font}.css`),
        formJs: byTag((_, tag) => `/assets/form-${tag}.js`),
        peopleJs: byTag((_, tag) => `/assets/people-${tag}.js`),
      }
    : JSON.parse(__ASSETS__);

/** The picture beside shared links, for what else names it. */
export const PREVIEW_PICTURE = ASSETS.preview;

/** The form's script with the words of a language, or of English, as translations fall back. */
export const formScript = (language: string, form: 'formJs' | 'peopleJs' = 'formJs'): string =>
  ASSETS[form][language] ?? ASSETS[form]['en'] ?? '';
