import type { PurposeKept } from '../../shared/domain/purposes.ts';
import { type Html, html } from '../../shared/html.ts';
import { page } from './layout.ts';
import { findPath, inLanguage, youngPeoplePath } from './links.ts';
import { points } from './points.ts';
import { purpose } from './privacy/purpose.ts';
import type { PublicPage } from './public-page.ts';

export interface PrivacyPage extends PublicPage {
  /** Every purpose that something is stored for, from what is declared beside the schemas. */
  readonly kept: readonly PurposeKept[];
}

/** What is kept of people, why, for how long, and what they can do about it (CS18). */
export function privacyPage({ event, language, t, path, kept }: PrivacyPage): string {
  const { name, email } = event.secretariat;
  return page({
    language,
    languages: event.languages,
    t,
    path,
    title: t('privacy.title'),
    event,
    index: true,
    body: html`<h1>${t('privacy.title')}</h1>
<p class="lead">${t('privacy.lead')}</p>
<h2>${t('privacy.controller.title')}</h2>
<p>${t('privacy.controller', { host: event.host, secretariat: name })} <a href="mailto:${email}">${email}</a></p>
<h2>${t('privacy.kept.title')}</h2>
${kept.map((each) => purpose(each, event, language, t))}${points(t('privacy.rights.title'), [
  html`${t('privacy.rights.see')} <a href="${inLanguage(findPath(event.id), language)}">${t('find.link')}</a>`,
  t('privacy.rights.correct'),
  t('privacy.rights.withdraw'),
  t('privacy.rights.complain'),
])}${points(t('privacy.not.title'), [t('privacy.not.tracking'), t('privacy.not.cookies'), t('privacy.not.sold')])}<h2>${t('privacy.where.title')}</h2>
<p>${t('privacy.where')}</p>
${children({ event, language, t, path })}`,
  });
}

const children = ({ event, language, t }: PublicPage): Html => html`<h2>${t('privacy.children.title')}</h2>
<p>${t('privacy.children')} <a href="${inLanguage(youngPeoplePath(event.id), language)}">${t('youth.title')}</a></p>`;
