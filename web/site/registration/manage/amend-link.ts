import type { RegistrationStatus } from '../../../../shared/event/attendee.ts';
import { type Html, html } from '../../../../shared/kernel/html.ts';
import { amendPath, inLanguage } from '../../kernel/links.ts';
import type { ManageContext } from './context.ts';

const AMENDABLE: readonly RegistrationStatus[] = ['pending-approval', 'confirmed', 'waitlisted'];

/** The way to the form with all of this in it, while it can be changed. */
export function amendLink({ registration, language, t }: ManageContext, path: string): Html {
  if (!AMENDABLE.includes(registration.status))
    return html`<p>${t('manage.correct')}</p>
`;
  return html`<p class="screen"><a class="button" href="${inLanguage(amendPath(path), language)}">${t('amend.title')}</a></p>
`;
}
