import { html } from '../../../shared/kernel/html.ts';
import { formatDate } from '../../../shared/kernel/i18n/formats.ts';
import { page } from './layout.ts';
import type { Notice } from './notice.ts';
import { points } from './points.ts';

/** When someone last compared the statement with the site: change it with the words. */
const REVIEWED = '2026-11-25';

/** What the site promises to people with disabilities, what was tested, what was not, and whom to write to. */
export function accessibilityPage({ event, language, t, words, path }: Notice): string {
  const { name, email } = event.secretariat;
  return page({
    language,
    languages: event.languages,
    t,
    path,
    title: t('layout.accessibility'),
    event,
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
<p>${words('accessibility.tell', { name })} <a href="mailto:${email}">${email}</a></p>
<p class="hint">${words('accessibility.reviewed', { date: formatDate(REVIEWED, language) })}</p>`,
  });
}
