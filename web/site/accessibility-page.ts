import { html } from '../../shared/html.ts';
import { formatDate } from '../../shared/i18n/formats.ts';
import { page } from './layout.ts';
import { points } from './points.ts';
import type { PublicPage } from './public-page.ts';

/** When someone last compared the statement with the site: change it with the words. */
const REVIEWED = '2026-11-25';

/** What the site promises to people with disabilities, what was tested, what was not, and whom to write to. */
export function accessibilityPage({ event, language, t, path }: PublicPage): string {
  const { name, email } = event.secretariat;
  return page({
    language,
    languages: event.languages,
    t,
    path,
    title: t('accessibility.title'),
    event,
    index: true,
    body: html`<h1>${t('accessibility.title')}</h1>
<p class="lead">${t('accessibility.lead')}</p>
${points(t('accessibility.made.title'), [
  t('accessibility.made.keyboard'),
  t('accessibility.made.zoom'),
  t('accessibility.made.colours'),
  t('accessibility.made.time'),
])}${points(t('accessibility.tested.title'), [
  t('accessibility.tested.rules'),
  t('accessibility.tested.keyboard'),
  t('accessibility.tested.zoom'),
])}${points(t('accessibility.not.title'), [
  t('accessibility.not.people'),
  t('accessibility.not.easy'),
  t('accessibility.not.others'),
])}<h2>${t('accessibility.tell.title')}</h2>
<p>${t('accessibility.tell', { name })} <a href="mailto:${email}">${email}</a></p>
<p class="hint">${t('accessibility.reviewed', { date: formatDate(REVIEWED, language) })}</p>`,
  });
}
