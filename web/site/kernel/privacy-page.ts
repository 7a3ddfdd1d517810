import { type Html, html } from '../../../shared/kernel/html.ts';
import type { Purpose, PurposeKept } from '../../../shared/kernel/purposes.ts';
import { page } from './layout.ts';
import { findPath, inLanguage, youngPeoplePath } from './links.ts';
import type { Notice } from './notice.ts';
import { points } from './points.ts';
import { purpose } from './purpose.ts';

export interface PrivacyPage extends Notice {
  /** Every purpose that something is stored for, from what is declared beside the schemas. */
  readonly kept: readonly PurposeKept[];
}

/** What is kept of people, why, for how long, and what they can do about it (CS18). */
export function privacyPage({ event, language, t, words, path, kept }: PrivacyPage): string {
  const { name, email } = event.secretariat;
  return page({
    language,
    languages: event.languages,
    t,
    path,
    title: t('layout.privacy'),
    event,
    index: true,
    body: html`<h1>${t('layout.privacy')}</h1>
<p class="lead">${words('privacy.lead')}</p>
<h2>${words('privacy.controller.title')}</h2>
<p>${words('privacy.controller', { host: event.host, secretariat: name })} <a href="mailto:${email}">${email}</a></p>
<h2>${words('privacy.kept.title')}</h2>
${kept.filter(concerns(event)).map((each) => purpose(each, event, language, words))}${points(
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

/** What is kept of people under 18, and of who looks after them, where the event takes any (EV3). */
const OF_MINORS: readonly Purpose[] = ['guardian', 'chaperone'];

const concerns =
  ({ minors }: Notice['event']) =>
  ({ purpose: of }: PurposeKept): boolean =>
    minors !== undefined || !OF_MINORS.includes(of);

const children = ({ event, language, t, words }: Notice): Html =>
  event.minors === undefined
    ? html`<p>${t('layout.adults-only')}</p>`
    : html`<h2>${words('privacy.children.title')}</h2>
<p>${words('privacy.children')} <a href="${inLanguage(youngPeoplePath(event.id), language)}">${t('layout.young-people')}</a></p>`;
