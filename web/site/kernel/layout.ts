import type { EventDefinition } from '../../../shared/event/event.ts';
import { type Html, html } from '../../../shared/kernel/html.ts';
import { languageName } from '../../../shared/kernel/i18n/formats.ts';
import type { SiteTranslate } from '../../../shared/kernel/i18n/words.ts';
import { ASSETS } from './assets.ts';
import { footer } from './footer.ts';
import { eventPath, inLanguage } from './links.ts';

export interface Page {
  readonly language: string;
  /** BCP 47 tags of every language the page exists in. */
  readonly languages: readonly string[];
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
  const { language, t, title, event } = of;
  return html`<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${title}${event && title !== event.title && ` - ${event.title}`}</title>
${!of.index && html`<meta name="robots" content="noindex">`}
<link rel="icon" href="/favicon.svg">
<link rel="stylesheet" href="${ASSETS.css}">
${!of.formOnly && html`<link rel="stylesheet" href="${ASSETS.pagesCss}">`}
${language === 'km' && html`<link rel="stylesheet" href="${ASSETS.khmerCss}">`}
<script src="${ASSETS.js}" defer></script>
${of.hasProgramme && html`<script src="${ASSETS.ownTimeJs}" defer></script>`}
${of.hasChallenge && html`<script src="${ASSETS.proveJs}" defer></script>`}
${of.hasFeedback && html`<script src="${ASSETS.feedbackJs}" defer></script>`}
</head>
<body>
<a class="skip" href="#main">${t('layout.skip')}</a>
<header><div class="bar">
${brand(of)}
${of.languages.length > 1 && languageSwitch(of)}
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
function languageSwitch({ languages, language, path, t }: Page): Html {
  const others = languages.filter((tag) => tag !== language);
  return html`<nav class="links" aria-label="${t('layout.languages')}">${others.map(
    (tag) => html`<a href="${inLanguage(path, tag)}" lang="${tag}" hreflang="${tag}">${languageName(tag)}</a>`,
  )}</nav>`;
}
