import type { EventDefinition } from '../../../shared/event/event.ts';
import { type Html, html } from '../../../shared/kernel/html.ts';
import type { SiteTranslate } from '../../../shared/kernel/i18n/words.ts';
import { accessibilityPath, inLanguage, LICENCES_PATH, privacyPath, reportPath, youngPeoplePath } from './links.ts';

/** Whom to write to, whom to tell about a child in danger (CS17), and what the site says about itself. */
export function footer(event: EventDefinition<string>, language: string, t: SiteTranslate, formOnly?: boolean): Html {
  const { name, email } = event.secretariat;
  const link = (path: string, label: string): Html => html`<a href="${inLanguage(path, language)}">${label}</a>`;
  return html`<footer><div class="bar">
<p>${t('layout.contact', { name })} <a href="mailto:${email}">${email}</a></p>
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
  html`<a href="mailto:${email}">${email}</a>${phone && html`, <a href="tel:${phone.replaceAll(' ', '')}">${phone}</a>`}`;
